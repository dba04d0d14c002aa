import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import type { DB } from '#db/types.ts';
import { testConfig } from '#tests/setup/config.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { moneyCompany } from './company.ts';
import { invoiceSpan, NOW, newHistory, paySpan, type Step, teaching, type World } from './steps.ts';

const actor = { userId: null, kind: 'system' } as const;
const FROM = '2026-02-15';
const TO = '2026-04-16';

const ground = await testDatabase({ max: 2 });
const company = await moneyCompany(ground.db);
await ground.close();

/** A company after so many things of teaching, nothing of it invoiced or paid yet. */
async function afterTeaching(steps: readonly Step[], of = ground.url): Promise<World & { url: string; close(): Promise<void> }> {
  const { db, url, close } = await testDatabase({ of, max: 2 });
  const world = { db, context: testContext(db, { now: NOW }), company };
  const history = newHistory();
  for (const step of steps) await step.run(history, world);
  return { ...world, url, close };
}

/** What is on invoices and in pay runs, whatever run and document it is on. */
async function billedAndPaid(db: Kysely<DB>) {
  const { rows: lines } = await sql<{ line: string }>`
    SELECT concat_ws(' ', i.client_ref, l.kind, l.ref, l.student_ref, l.local_date, l.minutes, l.net, l.tax_percent) AS line
    FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id ORDER BY 1`.execute(db);
  const { rows: pay } = await sql<{ line: string }>`
    SELECT concat_ws(' ', t.ref, p.kind, s.ref, p.local_date, p.minutes, p.amount) AS line
    FROM pay_item p JOIN tutor t ON t.id = p.tutor_id LEFT JOIN session s ON s.id = p.session_id WHERE p.run_id IS NOT NULL ORDER BY 1`.execute(
    db,
  );
  const { rows: credits } = await sql<{ line: string }>`
    SELECT split_part(code, ':', 2) || ' ' || split_part(code, ':', 3) || ' ' || sum(balance) AS line FROM account
    WHERE commodity = 'CREDIT' AND code ~ ':(booked|used)$' GROUP BY split_part(code, ':', 2), split_part(code, ':', 3) ORDER BY 1`.execute(
    db,
  );
  return { lines: lines.map((row) => row.line), pay: pay.map((row) => row.line), credits: credits.map((row) => row.line) };
}

/** What `work` leaves behind, and then all as it was before. */
async function tried<T>(world: World, work: (world: World) => Promise<T>): Promise<T> {
  const undo = new Error('as it was');
  let result: { is: T } | undefined;
  await world.db
    .transaction()
    .execute(async (trx) => {
      result = { is: await work({ ...world, db: trx }) };
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  if (!result) throw new Error('nothing was tried');
  return result.is;
}

const month = fc.array(fc.oneof(...teaching), { minLength: 60, maxLength: 90, size: 'max' });
const cuts = fc.array(fc.integer({ min: 1, max: 59 }), { maxLength: 4 });
const later = (days: number) => new Date(Date.parse(FROM) + days * 86_400_000).toISOString().slice(0, 10);

describe('invoices and pay are the same', () => {
  it('in whatever pieces the period is run', { timeout: 240_000 }, async () => {
    let lines = 0;
    await fc.assert(
      fc.asyncProperty(month, cuts, async (steps, days) => {
        const world = await afterTeaching(steps);
        const days_ = [...new Set(days)].sort((a, b) => a - b).map(later);
        const bounds = [FROM, ...days_, TO];
        const whole = await tried(world, async (trial) => {
          await invoiceSpan(trial, FROM, TO);
          await paySpan(trial, FROM, TO);
          return billedAndPaid(trial.db);
        });
        const pieces = await tried(world, async (trial) => {
          for (const [index, from] of bounds.slice(0, -1).entries()) {
            const to = bounds[index + 1] ?? TO;
            await invoiceSpan(trial, from, to);
            await paySpan(trial, from, to);
          }
          return billedAndPaid(trial.db);
        });
        expect(pieces).toEqual(whole);
        lines += whole.lines.length + whole.pay.length;
        await world.close();
      }),
      { numRuns: 3, seed: 20_260_301 },
    );
    expect(lines).toBeGreaterThan(20);
  });

  it('in whatever order sessions were closed out and cancelled', { timeout: 240_000 }, async () => {
    const [book, ...rest] = teaching;
    if (!book) throw new Error('nothing is booked');
    await fc.assert(
      fc.asyncProperty(
        fc.array(book, { minLength: 25, maxLength: 25 }),
        fc.infiniteStream(fc.oneof(...rest)),
        fc.infiniteStream(fc.nat()),
        async (books, acts, keys) => {
          const planned = await afterTeaching(books);
          const { rows: sessions } = await sql<{
            n: number;
          }>`SELECT row_number() OVER (ORDER BY id)::int - 1 AS n FROM session`.execute(planned.db);
          await planned.close();
          // One thing per session: what follows from two on the same one does depend on which came first.
          const one = sessions.map(({ n }) => acts.next().value.about(n)).filter((step) => step !== undefined);
          const shuffled = one
            .map((step) => ({ step, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ step }) => step);
          const results = [];
          for (const order of [one, shuffled]) {
            const world = await afterTeaching(order, planned.url);
            await invoiceSpan(world, FROM, TO);
            await paySpan(world, FROM, TO);
            results.push(await billedAndPaid(world.db));
            await world.close();
          }
          expect(results[1]).toEqual(results[0]);
        },
      ),
      { numRuns: 3, seed: 20_260_301 },
    );
  });

  it('after a pay run was void, and approved anew', { timeout: 240_000 }, async () => {
    const world = await afterTeaching(fc.sample(fc.oneof(...teaching), { seed: 11, numRuns: 120 }));
    const { db, context } = world;
    const before = await previewPayRun(db, { from: FROM, to: TO }, context.clock());
    expect(before.totals.lines).toBeGreaterThan(3);
    const runId = await paySpan(world, FROM, TO);
    await voidPayRun(db, context, actor, { runId: runId ?? '', reason: 'The wrong month' });
    const after = await previewPayRun(db, { from: FROM, to: TO }, context.clock());
    expect(after.statements).toEqual(before.statements);
    await approvePayRun(db, context, actor, { from: FROM, to: TO, hash: after.hash });
    expect((await billedAndPaid(db)).pay.length).toBe(before.totals.lines);
    await world.close();
  });

  it('in whatever zone the server stands', { timeout: 240_000 }, async () => {
    const world = await afterTeaching(fc.sample(fc.oneof(...teaching), { seed: 23, numRuns: 120 }));
    await invoiceSpan(world, FROM, '2026-03-01');
    await world.close();
    const out = await mkdtemp(path.join(tmpdir(), 'lectern-zone-'));
    afterAll(() => rm(out, { recursive: true }));
    const main = path.join(import.meta.dirname, '../../../app/cli/main.ts');
    const keys = testConfig()
      .keyRing.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`)
      .join(',');
    const run = (zone: string) =>
      new Promise<string>((resolve, reject) => {
        const folder = path.join(out, zone.replace('/', '-'));
        const args = [main, 'invoice-run', '--from', FROM, '--to', TO, '--out', folder];
        const env = {
          ...process.env,
          TZ: zone,
          DATABASE_URL: world.url,
          LECTERN_MODE: 'test',
          LECTERN_KEYS: keys,
          LOG_LEVEL: 'silent',
        };
        spawn(process.execPath, args, { env, stdio: 'ignore' }).on('exit', async (code) => {
          if (code !== 0) return reject(new Error(`ended with ${code} in ${zone}`));
          const files = ['invoices.csv', 'invoice_lines.csv', 'left_out.csv'];
          resolve((await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n'));
        });
      });
    const east = await run('Pacific/Kiritimati');
    expect(east.split('\n').length).toBeGreaterThan(10);
    expect(await run('Pacific/Niue')).toBe(east);
  });
});
