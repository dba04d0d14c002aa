import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { makeTemplate, urlOf } from '#tests/setup/server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The PostgreSQL that all of a bench runs on, ours and what it is held against. */
export interface Ground {
  version: string;
  /** Path of pgbench, where it is there. */
  pgbench: string | undefined;
  /** A new migrated database; `from` copies another one. */
  database(name: string, from?: string): Promise<string>;
  stop(): Promise<void>;
}

const TEMPLATE = 'bench_template';

/** Debian's PostgreSQL 15 where it is installed, since pgbench comes with it; else the one from node_modules. */
export async function startGround(): Promise<Ground> {
  const binDir = process.env.PG_BIN ?? '/usr/lib/postgresql/15/bin';
  const debian = existsSync(`${binDir}/postgres`);
  const server = await startEmbedded({
    dataDir: `${root}.cache/bench-${debian ? binDir.replace(/\W+/g, '-') : 'embedded'}`,
    database: 'postgres',
    ...(debian ? { binDir } : {}),
    maxConnections: 60,
  });
  try {
    await makeTemplate(server.url, TEMPLATE);
    const admin = openDatabase({ url: server.url, max: 1, onError: () => {} });
    const { rows } = await admin.pool.query('SHOW server_version');
    return {
      version: rows[0].server_version,
      pgbench: existsSync(`${binDir}/pgbench`) ? `${binDir}/pgbench` : undefined,
      database: async (name, from = TEMPLATE) => {
        await admin.pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await admin.pool.query(`CREATE DATABASE ${name} TEMPLATE ${from}`);
        return urlOf(server.url, name);
      },
      stop: async () => {
        await admin.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
