import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import type { Config } from '#config/env.ts';
import type { Pages } from './create-app.ts';

class NotBuiltError extends Error {
  readonly code = 'not_built';
}

const bundle = new URL('../../build/server/index.js', import.meta.url);

/** In development pages are made by Vite as they change, else they come from `npm run build`. */
export async function loadPages(config: Pick<Config, 'mode'>): Promise<Pages & { close(): Promise<void> }> {
  if (config.mode !== 'development') {
    if (!existsSync(fileURLToPath(bundle))) throw new NotBuiltError('The pages are not built yet: run `npm run build` first.');
    return { build: (await import(bundle.href)) as ServerBuild, close: async () => {} };
  }
  const { createServer } = await import('vite');
  const vite = await createServer({ server: { middlewareMode: true } });
  return {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    development: vite.middlewares,
    close: () => vite.close(),
  };
}
