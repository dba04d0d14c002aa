import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './types.ts';

export interface DatabaseOptions {
  url: string;
  max?: number;
  connectTimeoutMs?: number;
  /** Ends a statement that runs longer; 0 lets it run. */
  statementTimeoutMs?: number;
  applicationName?: string;
  /** Told of connections that break while idle; without a listener such an error would end the process. */
  onError: (error: Error) => void;
}

export interface Database {
  db: Kysely<DB>;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
}

const oid = { int8: 20, date: 1082, timestamp: 1114, int8Array: 1016, dateArray: 1182 };

/** `text[]`; pg knows how to take it apart but doesn't list it among its types. */
const textArray = 1009 as Parameters<typeof pg.types.getTypeParser>[0];

const parseArray = (text: string): string[] => pg.types.getTypeParser(textArray)(text);

/**
 * int8 -> bigint; numeric -> string, as pg does. What has no zone stays text, since a Date would move it by the
 * server's: date -> 'YYYY-MM-DD', timestamp (wall time) -> 'YYYY-MM-DDTHH:mm:ss'.
 */
const parsers: Record<number, (text: string) => unknown> = {
  [oid.int8]: BigInt,
  [oid.date]: (text) => text,
  [oid.timestamp]: (text) => text.replace(' ', 'T'),
  [oid.int8Array]: (text) => parseArray(text).map((item) => (item === null ? null : BigInt(item))),
  [oid.dateArray]: parseArray,
};

const types = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsers[id];
    return own ?? pg.types.getTypeParser(id, format as 'text');
  },
};

/** The one way to a connection pool: time-outs, an error listener, and the types the whole code relies on. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: options.applicationName ?? 'lectern',
    keepAlive: true,
    types: types as pg.CustomTypesConfig,
  });
  pool.on('error', options.onError);
  const db = kyselyOn(pool);
  // Not db.destroy(): that leaves a pool alone which Kysely itself never used.
  return { db, pool, url: options.url, close: () => (pool.ended ? Promise.resolve() : pool.end()) };
}

export function kyselyOn(pool: pg.Pool): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    // What is inside a jsonb value is data, not columns: its keys stay as they were written.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
