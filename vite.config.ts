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
  // The languages mails ship in are named on pages too.
  /^emails\/(?!languages\.ts$)/,
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

/**
 * The whiteboard's fonts are served by ourselves. Excalidraw names another site behind ours for each of them, which the
 * content security policy refuses, 230 times in the console of everybody who draws.
 */
function ownFontsAlone(): Plugin {
  const other = /return (\w+)\.push\(new URL\(\w+,\s*\w+\.ASSETS_FALLBACK_URL\)\),\s*\1/;
  return {
    name: 'own-fonts-alone',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@excalidraw/excalidraw/dist') || !code.includes('.ASSETS_FALLBACK_URL')) return null;
      if (!other.test(code)) this.error('Excalidraw names its fonts in another way now: see own-fonts-alone in vite.config.ts');
      return code.replace(other, 'return $1');
    },
  };
}

export default defineConfig({
  plugins: [
    iconsOneByOne(),
    ownFontsAlone(),
    // When building: in development Vite looks for packages in whole routes, their loaders included.
    ...denyImports({
      client: {
        specifiers: ['pg', 'kysely', 'pg-boss', 'lucia', 'nodemailer', 'pino', /^node:/],
        files: serverOnly,
      },
    }).map((plugin) => ({ ...(plugin as Plugin), apply: 'build' as const })),
    remix(remixConfig),
  ],
  optimizeDeps: {
    // All that a browser gets, by name. Left to look for it, Vite finds it one page at a time and reloads each, and goes
    // through the routes whole, where it stumbles over what their loaders import.
    noDiscovery: true,
    include: [
      '@mantine/charts',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/notifications',
      '@remix-run/react',
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
      'temporal-polyfill',
    ],
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
