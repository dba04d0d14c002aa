import type { Logger } from 'pino';
import { operation } from '#config/defaults.ts';
import type { Config } from '#config/env.ts';
import { type Database, openDatabase } from '#db/client.ts';
import { type EmbeddedPostgres, startEmbedded } from '#db/embedded.ts';

/** There is no database where we looked; the message says where that was. */
export class NoDatabaseError extends Error {
  readonly code = 'no_database';
}

/** Opens the database that DATABASE_URL names, or the embedded one, and makes sure that it answers. */
export async function connect(config: Config, log: Logger, applicationName = 'lectern'): Promise<Database> {
  const embedded = config.databaseUrl ? undefined : await embeddedFor(config, log);
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const database = openDatabase({
    url,
    max: operation.poolSize,
    connectTimeoutMs: operation.connectTimeoutMs,
    statementTimeoutMs: operation.statementTimeoutMs,
    applicationName,
    onError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  });
  const close = async () => {
    await database.close();
    await embedded?.release();
  };
  try {
    const { rows } = await database.pool.query("select current_setting('server_version_num')::int as version");
    const version: number = rows[0].version;
    if (version < 150_000) throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}; 15 or later is needed`);
  } catch (error) {
    await close();
    throw new NoDatabaseError(
      `No database. Looked at ${withoutPassword(url)} (${config.databaseUrl ? 'from DATABASE_URL' : `embedded, in ${config.dataDir}`}): ${reasonOf(error)}`,
      { cause: error },
    );
  }
  return { ...database, close };
}

async function embeddedFor(config: Config, log: Logger): Promise<EmbeddedPostgres> {
  try {
    return await startEmbedded({
      dataDir: config.dataDir,
      // A demo company must never land among somebody's own data.
      database: config.demo ? 'lectern_demo' : 'lectern',
      log: (message) => log.info(message),
    });
  } catch (error) {
    throw new NoDatabaseError(
      `No database. DATABASE_URL is not set, and the embedded PostgreSQL in ${config.dataDir} could not be started: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return 'an address that is not a URL';
  return `${parsed.protocol}//${parsed.username ? `${parsed.username}@` : ''}${parsed.host}${parsed.pathname}`;
}

/** Node's own text for a refused connection to a name with two addresses is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message || String(('code' in error && error.code) || error.name) : String(error);
}
