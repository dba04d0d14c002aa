import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig, type Plugin } from 'vite';
import { denyImports } from 'vite-env-only';
import remixConfig from './remix.config.js';

/** What must never reach a browser. Without this, `db/` lands in the client build silently. */
const serverOnly = [
  '**/app/auth/*.server.ts',
  '**/app/cli/**',
  '**/app/jobs/**',
  '**/app/plugin-host/*.server.ts',
  '**/app/server/**',
  '**/config/env.ts',
  '**/config/plugins.ts',
  '**/db/**',
  '**/emails/**',
];

/**
 * `import { IconHome } from '@tabler/icons-react'` takes that one file instead of a package of some 5,000, of which all but
 * a few would be read only to be left out again.
 */
function iconsOneByOne(): Plugin {
  const whole = /import\s*\{([^}]+)\}\s*from\s*['"]@tabler\/icons-react['"];?/g;
  return {
    name: 'icons-one-by-one',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/app/') || !code.includes('@tabler/icons-react')) return null;
      const single = (name: string) => {
        const [icon = '', local = icon] = name.split(/\s+as\s+/);
        return `import ${local} from '@tabler/icons-react/dist/esm/icons/${icon}.mjs';`;
      };
      return code.replace(whole, (_, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type '))
          .map(single)
          .join(' '),
      );
    },
  };
}

export default defineConfig({
  plugins: [
    iconsOneByOne(),
    denyImports({
      client: {
        specifiers: ['pg', 'kysely', 'pg-boss', 'lucia', 'nodemailer', 'pino', /^node:/],
        files: serverOnly,
      },
    }),
    remix(remixConfig),
  ],
  optimizeDeps: {
    // Without these Vite finds packages one route at a time and reloads the page for each.
    entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/routes/**/*.tsx'],
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Nothing inlined: the content security policy has no `data:` scripts, and files are cached for ever.
    assetsInlineLimit: 0,
  },
  ssr: {
    // Its files are written for bundlers: Node can't import them one by one.
    noExternal: ['@tabler/icons-react'],
  },
});
