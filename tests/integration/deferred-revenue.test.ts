import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase();
const context = testContext(db);
const organisation = await anOrganisation(db, { billing: 'billing-credits' });
await db
  .updateTable('pluginInstall')
  .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
  .where('id', '=', organisation.installs['billing-credits'])
  .execute();
const subject = await aSubject(db);
const program = await aProgram(db);
const tutor = await aTutor(db);

let day = 0;
const nextDay = () => new Date(Date.UTC(2026, 3, 1 + day++)).toISOString().slice(0, 10);

async function family() {
  const client = await aClient(db);
  const student = await aStudent(db, { clientId: client.id });
  const book = async () => {
    const date = nextDay();
    context.setNow(`${date}T00:00:00Z`);
    const { sessionId } = await bookSession(db, context, actor, {
      tutorId: tutor.id,
      studentIds: [student.id],
      programId: program.id,
      subjectId: subject.id,
      wallStart: `${date}T10:00`,
      durationMinutes: 60,
      mode: 'in_person',
      billable: true,
    });
    return { sessionId, date };
  };
  const close = async ({ sessionId, date }: { sessionId: string; date: string }, outcome: 'attended' | 'technical_failure') => {
    context.setNow(`${date}T23:00:00Z`);
    const words = { notes: '', privateNote: '', homework: '', nextTopics: '' };
    await submitCloseOut(
      db,
      context,
      actor,
      {
        sessionId,
        actualWallStart: `${date}T10:00`,
        actualMinutes: 60,
        ...words,
        attendance: [{ studentId: student.id, outcome }],
      },
      { office: true },
    );
  };
  const cancel = ({ sessionId, date }: { sessionId: string; date: string }) =>
    cancelSession(db, context, actor, { sessionId, by: 'office', reason: '', cancelledAt: new Date(`${date}T00:00:00Z`) });
  const sell = (credits: bigint, price: bigint, expiresOn?: string) =>
    sellPackage(db, context, actor, { clientId: client.id, credits, price, purchasedOn: '2026-03-20', expiresOn });
  return { client, book, close, cancel, sell };
}

/** What is owed for credits still to be taught, and what was earned, of one family; the latter from its lots. */
async function moneyOf(client: { id: string; ref: string }) {
  const account = await db
    .selectFrom('account')
    .select('balance')
    .where('code', '=', `liabilities:deferred:${client.ref}`)
    .executeTakeFirst();
  const { earned } = await db
    .selectFrom('creditLot')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<bigint>('recognised'), eb.val(0n)).as('earned'))
    .where('clientId', '=', client.id)
    .executeTakeFirstOrThrow();
  return { owed: -(account?.balance ?? 0n), earned: BigInt(earned) };
}

describe('revenue of packages', () => {
  it('is owed at the sale, earned lesson by lesson, and the rest at expiry, to the cent', async () => {
    const one = await family();
    await one.sell(300n, 10_001n, '2026-12-31');
    expect(await moneyOf(one.client)).toEqual({ owed: 10_001n, earned: 0n });
    const first = await one.book();
    expect(await moneyOf(one.client)).toEqual({ owed: 10_001n, earned: 0n });
    await one.close(first, 'attended');
    expect(await moneyOf(one.client)).toEqual({ owed: 6667n, earned: 3334n });
    const second = await one.book();
    await one.cancel(second);
    expect(await moneyOf(one.client)).toEqual({ owed: 6667n, earned: 3334n });
    await one.close(await one.book(), 'attended');
    expect(await moneyOf(one.client)).toEqual({ owed: 3334n, earned: 6667n });
    context.setNow('2027-01-02T00:00:00Z');
    await expireCredits(db, context);
    expect(await moneyOf(one.client)).toEqual({ owed: 0n, earned: 10_001n });
  });

  it('a lesson taught below zero is earned when a package covers it', async () => {
    const one = await family();
    await one.close(await one.book(), 'attended');
    await one.book();
    await one.sell(400n, 20_000n);
    expect(await moneyOf(one.client)).toEqual({ owed: 15_000n, earned: 5000n });
  });

  it('a lesson reopened or found not to have taken place is not earned after all', async () => {
    const one = await family();
    await one.sell(200n, 9999n);
    const lesson = await one.book();
    await one.close(lesson, 'attended');
    expect((await moneyOf(one.client)).earned).toBe(4999n);
    await one.close(lesson, 'technical_failure');
    expect(await moneyOf(one.client)).toEqual({ owed: 9999n, earned: 0n });
  });

  it('a credit note for the package takes back what was earned of it', async () => {
    const one = await family();
    await one.sell(200n, 9999n);
    await one.close(await one.book(), 'attended');
    const period = { from: '2026-03-01', to: '2026-04-01' };
    const { hash } = await previewInvoiceRun(db, period);
    const { runId } = await confirmInvoiceRun(db, context, actor, { ...period, hash });
    await issueInvoiceRun(db, context, { runId, quiet: true });
    const line = await db
      .selectFrom('invoiceLine')
      .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
      .select(['invoiceLine.id', 'invoiceLine.invoiceId'])
      .where('invoice.clientId', '=', one.client.id)
      .executeTakeFirstOrThrow();
    await issueCreditNote(db, context, actor, { invoiceId: line.invoiceId, lineIds: [line.id], reason: 'Bought twice.' });
    expect(await moneyOf(one.client)).toEqual({ owed: 0n, earned: 0n });
  });

  it('whatever happens, what is owed and what is earned are together what was sold', { timeout: 120_000 }, async () => {
    const act = fc.constantFrom('sell', 'book', 'attended', 'technical_failure', 'cancel');
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 3, maxLength: 10 }),
        fc.bigInt({ min: 1n, max: 9999n }),
        async (acts, price) => {
          const one = await family();
          const open: { sessionId: string; date: string }[] = [];
          let sold = 0n;
          for (const what of acts) {
            if (what === 'sell') {
              await one.sell(175n, price);
              sold += price;
            } else if (what === 'book') open.push(await one.book());
            else {
              const lesson = open.shift();
              if (!lesson) continue;
              if (what === 'cancel') await one.cancel(lesson);
              else await one.close(lesson, what as 'attended');
            }
            const { owed, earned } = await moneyOf(one.client);
            expect(owed + earned).toBe(sold);
            expect(owed).toBeGreaterThanOrEqual(0n);
            expect(earned).toBeGreaterThanOrEqual(0n);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('the books say the same of all packages together', async () => {
    const { rows } = await sql<{ income: bigint; earned: bigint }>`
      SELECT (SELECT -balance FROM account WHERE code = 'income:packages') AS income,
        (SELECT sum(recognised)::bigint FROM credit_lot) AS earned`.execute(db);
    expect(rows[0]?.income).toBe(rows[0]?.earned);
  });
});
