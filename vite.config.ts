import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
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

export default defineConfig({
  plugins: [
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
    // One file instead of some 5,000 small ones at every start of the server.
    noExternal: ['@tabler/icons-react'],
  },
});
