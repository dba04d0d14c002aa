import fc from 'fast-check';
import { type Kysely, type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { correctPayItem } from '#app/domain/payroll/correct-pay-item.server.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import type { DB } from '#db/types.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { moneyCompany } from './company.ts';
import { brokenLaws } from './laws.ts';
import { NOW, newHistory, teaching } from './steps.ts';

const actor = { userId: null, kind: 'system' } as const;
const period = { from: '2026-02-15', to: '2026-04-16' };
const { db } = await testDatabase({ max: 3 });
const company = await moneyCompany(db);
const context = testContext(db, { now: NOW });

class Crash extends Error {}

/** The database as it is for who dies before the n-th statement; counted over all transactions. */
function dyingBefore(n: number): Kysely<DB> {
  let sent = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }): RootOperationNode => {
      if (++sent === n) throw new Crash(`before statement ${n}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return db.withPlugin(plugin);
}

const TABLES = [
  ...['charge', 'invoice_run', 'invoice', 'invoice_line', 'invoice_tax', 'credit_note', 'credit_note_line', 'number_series'],
  ...['payment', 'payment_allocation', 'pay_run', 'pay_item', 'account', 'ledger_transaction', 'ledger_entry', 'credit_lot'],
  ...['attendance', 'mail_message', 'audit_log', 'idempotency_key'],
];

/** Everything that money has written, as one text. */
async function print(): Promise<string> {
  const parts = TABLES.map(
    (table) =>
      sql`SELECT ${table} || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS print FROM ${sql.table(table)} t`,
  );
  const { rows } = await sql<{ print: string }>`${sql.join(parts, sql` UNION ALL `)}`.execute(db);
  return rows.map((row) => row.print).join('\n');
}

/** Dies before each statement in turn: nothing of it may be there, and at last it is done, once. */
async function allOrNothing(work: (db: Kysely<DB>) => Promise<unknown>): Promise<number> {
  const before = await print();
  for (let n = 1; n < 500; n++) {
    try {
      await work(dyingBefore(n));
      expect(await print()).not.toBe(before);
      expect(await brokenLaws(db)).toEqual([]);
      return n - 1;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      expect(await print(), `something is left of who died before statement ${n}`).toBe(before);
    }
  }
  throw new Error('it never came to its end');
}

beforeAll(async () => {
  const history = newHistory();
  for (const step of fc.sample(fc.oneof(...teaching), { seed: 42, numRuns: 70 }))
    await step.run(history, { db, context, company });
});

describe('whoever dies between any two statements leaves all or nothing', () => {
  let runId = '';
  let payRunId = '';

  it('confirming an invoice run', async () => {
    const preview = await previewInvoiceRun(db, period, context.clock());
    expect(preview.totals.families).toBeGreaterThan(1);
    const statements = await allOrNothing(async (dying) => {
      ({ runId } = await confirmInvoiceRun(dying, context, actor, { ...period, hash: preview.hash, inBackground: true }));
    });
    expect(statements).toBeGreaterThan(3);
  });

  it('issuing it, invoice by invoice: whoever comes after goes on where it stood, without a gap', async () => {
    for (let n = 1; n < 500; n++) {
      const done = await issueInvoiceRun(dyingBefore(n), context, { runId, batchSize: 1 }, actor).then(
        () => true,
        (error) => {
          if (!(error instanceof Crash)) throw error;
          return false;
        },
      );
      expect(await brokenLaws(db)).toEqual([]);
      if (done) break;
    }
    const { status } = await db.selectFrom('invoiceRun').select('status').where('id', '=', runId).executeTakeFirstOrThrow();
    expect(status).toBe('issued');
  });

  it('a payment', async () => {
    const family = company.families[0]?.clientId ?? '';
    await allOrNothing((dying) =>
      recordPayment(dying, context, actor, { clientId: family, amount: 4_321n, receivedOn: '2026-04-20', method: 'cash' }),
    );
  });

  it('a credit note, and billing again what it took back', async () => {
    const { invoiceId, lineId, attendanceId } = await db
      .selectFrom('invoiceLine')
      .innerJoin('charge', 'charge.id', 'invoiceLine.chargeId')
      .select(['invoiceLine.invoiceId', 'invoiceLine.id as lineId', 'charge.attendanceId'])
      .where('charge.kind', '=', 'session')
      .orderBy('invoiceLine.id')
      .executeTakeFirstOrThrow();
    await allOrNothing((dying) =>
      issueCreditNote(dying, context, actor, { invoiceId, lineIds: [lineId], reason: 'It did not take place' }),
    );
    await allOrNothing((dying) => billAgain(dying, context, actor, { attendanceId: attendanceId ?? '' }));
  });

  it('a package', async () => {
    const family = company.families[1]?.clientId ?? '';
    await allOrNothing((dying) =>
      sellPackage(dying, context, actor, { clientId: family, credits: 500n, price: 20_000n, purchasedOn: '2026-04-20' }),
    );
  });

  it('a pay run: approved, void, approved anew, exported, corrected', async () => {
    const approve = async (dying: Kysely<DB>) => {
      const preview = await previewPayRun(db, period, context.clock());
      ({ runId: payRunId } = await approvePayRun(dying, context, actor, { ...period, hash: preview.hash }));
    };
    await allOrNothing(approve);
    await allOrNothing((dying) => voidPayRun(dying, context, actor, { runId: payRunId, reason: 'The wrong month' }));
    await allOrNothing(approve);
    await allOrNothing((dying) => exportPayRun(dying, context, actor, { runId: payRunId }));
    const item = await db
      .selectFrom('payItem')
      .select('id')
      .where('runId', '=', payRunId)
      .orderBy('id')
      .executeTakeFirstOrThrow();
    await allOrNothing((dying) =>
      correctPayItem(dying, context, actor, { payItemId: item.id, shouldBe: 1n, note: 'Counted anew' }),
    );
  });
});
