import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '#db/embedded.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'lectern-embedded-'));
const pidFile = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
const start = (database = 'lectern') => startEmbedded({ dataDir, database, unsafeFast: true });
let first: EmbeddedPostgres;

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  // Others of the machine must be able to pass, as they can through a checkout.
  chmodSync(dataDir, 0o755);
  first = await start();
});
afterAll(async () => {
  await (await start()).stop();
  rmSync(dataDir, { recursive: true });
});

it('has what the migrations ask for', async () => {
  for (const extension of ['btree_gist', 'citext', 'pg_trgm', 'unaccent']) {
    await ask(first.url, `create extension if not exists ${extension}`);
  }
});

it('a second process joins the server that runs', async () => {
  const second = await start('another');
  expect(second.port).toBe(first.port);
  expect(await ask(second.url, 'select current_database() as name')).toEqual([{ name: 'another' }]);
});

it('whoever leaves first leaves it running for the others', async () => {
  const held = new pg.Client(first.url);
  await held.connect();
  await (await start()).release();
  expect((await held.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await held.end();
});

it('what was written survives the last one’s leaving', async () => {
  await ask(first.url, 'create table kept (id int); insert into kept values (7)');
  await first.release();
  expect(existsSync(pidFile)).toBe(false);
  first = await start();
  expect(await ask(first.url, 'select id from kept')).toEqual([{ id: 7 }]);
});

it('a number left by a crash, which belongs to another program by now, does not hold it up', async () => {
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  await first.stop();
  writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
  first = await start();
  expect(await ask(first.url, 'select id from kept')).toEqual([{ id: 7 }]);
});
