/**
 * `npm run db:types` writes db/types.ts from the migrations; with --check it compares and ends with 1 if they differ.
 * The migrations run on a fresh database of a scratch PostgreSQL, so nobody's data is touched.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from './client.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');

const server = await startEmbedded({ dataDir: `${root}.cache/types`, database: 'postgres', unsafeFast: true });
const name = `types_${process.pid}`;
const admin = openDatabase({ url: server.url, max: 1, onError: console.error });
try {
  await admin.pool.query(`create database ${name}`);
  const url = server.url.replace(/postgres$/, name);
  const fresh = openDatabase({ url, max: 2, onError: console.error });
  try {
    await migrate(fresh.db);
  } finally {
    await fresh.close();
  }
  await generate(url);
  await admin.pool.query(`drop database ${name}`);
} finally {
  await admin.close();
  await server.release();
}

async function generate(url: string): Promise<void> {
  const typeMapping = { int8: 'bigint', numeric: 'string', timestamp: 'string', tstzrange: 'string' };
  const args = [
    `${root}node_modules/kysely-codegen/dist/cli/bin.js`,
    '--dialect=postgres',
    `--url=${url}`,
    '--camel-case',
    '--date-parser=string',
    `--type-mapping=${JSON.stringify(typeMapping)}`,
    '--exclude-pattern=schema_migration*',
    `--out-file=${root}db/types.ts`,
    ...(check ? ['--verify'] : []),
  ];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    if (stdout.trim()) console.log(stdout.trim());
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    console.error(`${stdout}${stderr}`.trim());
    if (check) console.error('db/types.ts is not what the migrations make: run `npm run db:types` and commit it.');
    process.exitCode = 1;
  }
}
