import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#db/client.ts';
import { manySettledPlaces } from '#tests/factories/many-settled-places.ts';
import { testConfig } from '#tests/setup/config.ts';
import type { Ground } from './ground.ts';

const FAMILIES = 5_500;
const KILLS = 20;
const main = path.join(import.meta.dirname, '../../app/cli/main.ts');

/**
 * An invoice run whose process is killed 20 times, each time at a moment nobody chose, and started again: asserts that every
 * family has one invoice, that no line is missing or doubled, and that the numbers have no gap.
 */
export async function benchKilled(ground: Ground): Promise<string[]> {
  const database = openDatabase({ url: await ground.database('bench_killed'), max: 2, onError: () => {} });
  const { db } = database;
  const out = await mkdtemp(path.join(tmpdir(), 'lectern-bench-killed-'));
  try {
    await manySettledPlaces(db, { families: FAMILIES, places: 2 });
    const keys = testConfig()
      .keyRing.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`)
      .join(',');
    const env = { ...process.env, DATABASE_URL: database.url, LECTERN_MODE: 'test', LECTERN_KEYS: keys, LOG_LEVEL: 'silent' };
    const args = [main, 'invoice-run', '--from', '2026-03-01', '--to', '2026-04-01', '--issue', '--quiet', '--out', out];
    const start = () => {
      const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
      return { child, ended: new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code))) };
    };
    const issued = async () => {
      const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM invoice`.execute(db);
      return rows[0]?.n ?? 0;
    };
    const seen: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await issued();
      const { child, ended } = start();
      // Every fourth before or at its beginning, the others somewhere in the batch after the next one.
      const early = kill % 4 === 0 ? Date.now() + Math.random() * 3_000 : Number.POSITIVE_INFINITY;
      while (child.exitCode === null && Date.now() < early && (await issued()) === before)
        await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
      child.kill('SIGKILL');
      await ended;
      seen.push(await issued());
    }
    const last = await start().ended;
    const { rows } = await sql<{ what: string }>`
      SELECT concat_ws(', ', count(*), count(DISTINCT client_id), min(number), max(number), sum(total), (SELECT count(*) FROM invoice_line),
        (SELECT count(*) FROM charge WHERE run_id IS NULL), (SELECT count(*) FROM invoice_run)) AS what FROM invoice`.execute(db);
    const wanted = [FAMILIES, FAMILIES, 1, FAMILIES, FAMILIES * 14_400, FAMILIES * 2, 0, 1].join(', ');
    if (last !== 0 || rows[0]?.what !== wanted) throw new Error(`killed ${KILLS} times: ${rows[0]?.what} instead of ${wanted}`);
    return [
      `\nAn invoice run of ${FAMILIES} families, killed ${KILLS} times`,
      `  invoices at each kill: ${seen.join(', ')}`,
      '  at the end: one invoice a family, every line once, numbers without a gap, one run',
    ];
  } finally {
    await database.close();
    await rm(out, { recursive: true });
  }
}
