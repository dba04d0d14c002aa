import { fileURLToPath } from 'node:url';
import { bootPlugins } from '#app/plugin-host/boot-plugins.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { openDatabase } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { testConfig } from './config.ts';

export const templateName = 'lectern_template';

const cacheDir = fileURLToPath(new URL('../../.cache/tests', import.meta.url));

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/** PostgreSQL for tests: the one TEST_DATABASE_URL names, else an embedded one that forgets. */
export async function startTestServer(): Promise<TestServer> {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };
  const server = await startEmbedded({ dataDir: cacheDir, database: 'postgres', unsafeFast: true, maxConnections: 400 });
  return { url: server.url, stop: () => server.release() };
}

/** A migrated database with the plugins installed and nothing else, which test files are cloned from. Remade for every run: migrations may have changed. */
export async function makeTemplate(serverUrl: string, name: string): Promise<void> {
  const admin = openDatabase({ url: serverUrl, max: 1, onError: () => {} });
  try {
    await admin.pool.query(`drop database if exists ${name} with (force)`);
    await admin.pool.query(`create database ${name}`);
  } finally {
    await admin.close();
  }
  const template = openDatabase({ url: urlOf(serverUrl, name), max: 2, onError: () => {} });
  try {
    await migrate(template.db);
    await bootPlugins(template.db, { registry: await loadPlugins(), keyRing: testConfig().keyRing });
  } finally {
    await template.close();
  }
}

export function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
