import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { importCase } from '#app/domain/imports/import-case.server.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const directory = await mkdtemp(path.join(tmpdir(), 'lectern-organisation-'));
afterAll(() => rm(directory, { recursive: true }));

const write = (currency: string) =>
  writeFile(
    path.join(directory, 'organisation.json'),
    `\uFEFF${JSON.stringify({ name: 'Duna', timezone: 'Europe/Budapest', currency, policies: {} })}`,
  );

it('a currency that ISO 4217 does not have is refused', async () => {
  await write('QQQ');
  await expect(importCase(db, ctx, { directory })).rejects.toMatchObject({ code: 'invalid_value' });
});

it('a file that begins with a byte order mark is read, and a price in forints keeps its hundredths', async () => {
  await write('HUF');
  await writeFile(
    path.join(directory, 'rates.csv'),
    'side,program,subject,tutor,student,amount_per_hour,valid_from,valid_to\ncharge,,,,,4550.25,2026-01-01,\n',
  );
  expect((await importCase(db, ctx, { directory })).refused).toEqual([]);
  const { amountPerHour } = await db.selectFrom('rate').select('amountPerHour').executeTakeFirstOrThrow();
  expect(amountPerHour).toBe(455_025n);
});

it('a folder without any file of a company is another one than was meant', async () => {
  const empty = await mkdtemp(path.join(tmpdir(), 'lectern-empty-'));
  try {
    await expect(importCase(db, ctx, { directory: empty })).rejects.toMatchObject({ code: 'not_found' });
  } finally {
    await rm(empty, { recursive: true });
  }
});

it('a file without its columns is named with them, and nothing of the others is taken', async () => {
  await writeFile(path.join(directory, 'subjects.csv'), 'id,name\nS1,Algebra\n');
  await writeFile(path.join(directory, 'tutors.csv'), 'id,first_name\nT1,Ada\n');
  await expect(importCase(db, ctx, { directory })).rejects.toMatchObject({
    code: 'invalid_value',
    message: expect.stringMatching(/^tutors\.csv: the columns last_name, email/),
  });
  expect(await db.selectFrom('subject').select('name').where('name', '=', 'Algebra').execute()).toEqual([]);
});
