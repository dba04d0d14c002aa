import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { writeOffInvoice } from '#app/domain/billing/write-off-invoice.server.ts';
import { giveCredits } from '#app/domain/credits/give-credits.server.ts';
import { takeCredits } from '#app/domain/credits/take-credits.server.ts';
import { transferCredits } from '#app/domain/credits/transfer-credits.server.ts';
import { refundPayment } from '#app/domain/payments/refund-payment.server.ts';
import { approveTimeSheets } from '#app/domain/payroll/decide-time-sheets.server.ts';
import { markPayRunPaid } from '#app/domain/payroll/mark-pay-run-paid.server.ts';
import { writeTimeSheet } from '#app/domain/payroll/write-time-sheet.server.ts';
import { actor, day, type History, NOW, n, newHistory, pick, Step, steps, type World, withFamily, withRun } from './steps.ts';

const partOfALine = fc.record({ line: n, of: fc.integer({ min: 1, max: 5_000 }) }).map(
  (a) =>
    new Step(`credit ${a.of} of line ${a.line}`, async ({ db, context }) => {
      const line = pick(
        await db.selectFrom('invoiceLine').select(['id', 'invoiceId']).where('net', '>', 0n).orderBy('id').execute(),
        a.line,
      );
      if (!line) return;
      await issueCreditNote(db, context, actor, {
        invoiceId: line.invoiceId,
        lineIds: [],
        parts: [{ lineId: line.id, amount: BigInt(a.of) }],
        reason: 'Ten minutes late',
      });
    }),
);

const badDebt = fc.record({ invoice: n, amount: fc.integer({ min: 1, max: 4_000 }) }).map(
  (a) =>
    new Step(`give up ${a.amount} of invoice ${a.invoice}`, async ({ db, context }) => {
      const invoice = pick(await db.selectFrom('invoice').select('id').orderBy('number').execute(), a.invoice);
      if (invoice)
        await writeOffInvoice(db, context, actor, {
          id: randomUUID(),
          invoiceId: invoice.id,
          amount: BigInt(a.amount),
          reason: 'They moved away',
        });
    }),
);

const refund = fc
  .record({
    payment: n,
    amount: fc.integer({ min: 1, max: 9_000 }),
    kind: fc.constantFrom('refund' as const, 'reversal' as const),
  })
  .map(
    (a) =>
      new Step(`${a.kind} ${a.amount} of payment ${a.payment}`, async ({ db, context }) => {
        const payment = pick(await db.selectFrom('payment').select('id').orderBy('id').execute(), a.payment);
        if (payment)
          await refundPayment(db, context, actor, {
            paymentId: payment.id,
            kind: a.kind,
            amount: BigInt(a.amount),
            reason: 'The cheque bounced',
            throughGateway: false,
          });
      }),
  );

const gift = withFamily('give credits to', ({ db, context }, clientId, amount) =>
  giveCredits(db, context, actor, {
    id: randomUUID(),
    clientId,
    kind: 'gift',
    credits: BigInt((amount % 300) + 1),
    reason: 'A friend came',
  }),
);
const take = withFamily('take credits from', ({ db, context }, clientId, amount) =>
  takeCredits(db, context, actor, { id: randomUUID(), clientId, credits: BigInt((amount % 100) + 1), reason: 'Given twice' }),
);
const move = withFamily('move credits of', ({ db, context, company }, clientId, amount) =>
  transferCredits(db, context, actor, {
    id: randomUUID(),
    clientId,
    toClientId: pick(company.families, amount)?.clientId ?? '',
    credits: BigInt((amount % 200) + 1),
    reason: 'A cousin',
  }),
);

const markPaid = withRun('mark paid', ({ db, context }, runId) =>
  markPayRunPaid(db, context, actor, { runId, paidOn: '2026-04-30' }),
);

const timeSheet = fc.record({ tutor: n, date: day, minutes: fc.integer({ min: 1, max: 300 }) }).map(
  (a) =>
    new Step(`${a.minutes} minutes of other work`, async ({ db, context, company }) => {
      await sql`INSERT INTO work_kind (name, amount_per_hour) VALUES ('Training', 1999) ON CONFLICT DO NOTHING`.execute(db);
      const kind = await db.selectFrom('workKind').select('id').executeTakeFirstOrThrow();
      const id = randomUUID();
      const tutorId = pick(company.tutorIds, a.tutor) ?? '';
      await writeTimeSheet(db, context, actor, {
        id,
        tutorId,
        workKindId: kind.id,
        localDate: a.date,
        minutes: a.minutes,
        note: '',
      });
      await approveTimeSheets(db, context, actor, { entries: [{ id, amountPerHour: 1_999n }] });
    }),
);

/** Whatever the office, a tutor or a family can do to money; what happens most comes up most. */
export const everything = [...steps, partOfALine, badDebt, refund, gift, take, move, markPaid, timeSheet];

/** So many things done one after the other, the same ones for the same seed. */
export async function randomHistory(world: World, { operations, seed }: { operations: number; seed: number }): Promise<History> {
  const history = newHistory();
  world.context.setNow(NOW);
  for (const step of fc.sample(fc.oneof(...everything), { seed, numRuns: operations })) await step.run(history, world);
  return history;
}
