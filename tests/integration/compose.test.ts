import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { compose } from '#app/server/compose.ts';
import { openDatabase } from '#db/client.ts';
import { migrate, pendingMigrations } from '#db/migrate.ts';
import { testConfig } from '#tests/setup/config.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { urlOf } from '#tests/setup/server.ts';

const database = await testDatabase({ max: 20 });
const log = pino({ level: 'silent' });

it('a database that can’t be reached is named, without its password', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const config = testConfig({ databaseUrl: `postgresql://lectern:s3cret@127.0.0.1:${port}/nowhere` });
  const failed = await compose(config, { log }).catch((error: Error) => error.message);
  server.close();
  expect(failed).toMatch(`No database. Looked at postgresql://lectern@127.0.0.1:${port}/nowhere (from DATABASE_URL): `);
  expect(failed).not.toContain('s3cret');
});

it('three processes that start together on an empty database migrate it once', async () => {
  const name = `lectern_empty_${process.pid}_${inject('templateName').split('_').at(-1)}`;
  await database.pool.query(`create database ${name}`);
  const url = urlOf(inject('serverUrl'), name);
  const config = testConfig({ databaseUrl: url });
  const started = await Promise.all([1, 2, 3].map(() => compose(config, { log })));
  expect(await pendingMigrations(started[0]?.db as never)).toEqual([]);
  await Promise.all(started.map((context) => context.close()));
  await database.pool.query(`drop database ${name} with (force)`);
});

it('a migration that fails leaves nothing behind', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-migrations-'));
  writeFileSync(path.join(folder, '0001_begins_well.sql'), 'create table half (id int);');
  writeFileSync(path.join(folder, '0002_ends_badly.sql'), 'create table other (id int); select 1/0;');
  const name = `lectern_broken_${process.pid}_${inject('templateName').split('_').at(-1)}`;
  await database.pool.query(`create database ${name}`);
  const broken = openDatabase({ url: urlOf(inject('serverUrl'), name), onError: () => {} });
  await expect(migrate(broken.db, folder)).rejects.toThrow('Migration 0002_ends_badly failed: division by zero');
  const { rows } = await broken.pool.query("select tablename from pg_tables where tablename in ('half', 'other')");
  await broken.close();
  await database.pool.query(`drop database ${name} with (force)`);
  expect(rows).toEqual([]);
});

it('int8, dates and wall times come as they are, whatever zone the server is in', async () => {
  const { rows } = await database.pool.query(
    "select 9007199254740993::int8 as big, '2026-03-29'::date as day, timestamp '2026-03-29 02:30' as wall, 1.10::numeric as exact, '{1,null}'::int8[] as list",
  );
  expect(rows).toEqual([
    { big: 9007199254740993n, day: '2026-03-29', wall: '2026-03-29T02:30:00', exact: '1.10', list: [1n, null] },
  ]);
});
