import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { assessPeriods } from '#app/domain/billing/assess-periods.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { listUnbilled } from '#app/domain/billing/unbilled-queries.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { editClient } from '#app/domain/people/edit-client.server.ts';
import { getClient } from '#app/domain/people/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase();
const context = testContext(db, { now: '2026-03-01T09:00:00Z' });
const organisation = await anOrganisation(db);
await db
  .updateTable('pluginInstall')
  .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
  .where('id', '=', organisation.installs['billing-credits'])
  .execute();
const subscription = (
  await db
    .insertInto('pluginInstall')
    .values({
      pluginId: 'billing-subscription',
      kind: 'billing',
      name: 'Club',
      settings: JSON.stringify({ fee: '310.00', included_hours: '2', overage_per_hour: '55.00' }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
).id;
const [subject, program, tutor] = [await aSubject(db), await aProgram(db), await aTutor(db)];
await aRate(db, { amountPerHour: 6000n });

async function family(billingInstallId: string, periodicFrom: string | null = null) {
  const client = await aClient(db, { billingInstallId, periodicFrom });
  return { client, student: await aStudent(db, { clientId: client.id }) };
}
type Family = Awaited<ReturnType<typeof family>>;

let minute = 0;
/** Each lesson takes an hour of its own, so that the tutor is never taken twice. */
async function taught({ student }: Family, date: string) {
  const hour = String(1 + (minute++ % 20)).padStart(2, '0');
  const wallStart = `${date}T${hour}:00`;
  const { sessionId } = await bookSession(db, context, actor, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  const words = { notes: '', privateNote: '', homework: '', nextTopics: '' };
  const close = () =>
    submitCloseOut(
      db,
      context,
      actor,
      {
        sessionId,
        actualWallStart: wallStart,
        actualMinutes: 60,
        ...words,
        attendance: [{ studentId: student.id, outcome: 'attended' }],
      },
      { office: true },
    );
  return { sessionId, close };
}

async function switchTo({ client }: Family, billingInstallId: string) {
  const { version } = await getClient(db, client.id);
  const { name, email, phone, address, notes, timezone } = await db
    .selectFrom('client')
    .selectAll()
    .where('id', '=', client.id)
    .executeTakeFirstOrThrow();
  await editClient(db, context, actor, {
    id: client.id,
    version,
    name,
    email,
    phone,
    address,
    notes,
    timezone,
    billingInstallId,
  } as never);
}

const chargesOf = ({ client }: Family) =>
  db
    .selectFrom('charge')
    .select(['kind', 'periodicKey', 'localDate', 'net', 'runId', 'description', 'late'])
    .where('clientId', '=', client.id)
    .orderBy('localDate')
    .orderBy('periodicKey')
    .orderBy('revision')
    .execute();
const nets = async (one: Family) => (await chargesOf(one)).map((row) => [row.periodicKey ?? row.kind, row.localDate, row.net]);

describe('a fee for the month', () => {
  it('is on the invoice with what was taught beyond it, and the places say why they are not', async () => {
    const one = await family(subscription, '2026-03-01');
    context.setNow('2026-03-31T22:00:00Z');
    await assessPeriods(db, context);
    expect(await nets(one)).toEqual([['fee', '2026-03-01', 31_000n]]);
    for (const day of ['2026-03-03', '2026-03-10', '2026-03-17']) await (await taught(one, day)).close();
    expect(await nets(one)).toEqual([
      ['fee', '2026-03-01', 31_000n],
      ['overage', '2026-03-01', 5500n],
    ]);
    const march = { from: '2026-03-01', to: '2026-04-01' };
    const places = await listUnbilled(db, { ...march, clientId: one.client.id });
    expect(places.map((place) => place.reason)).toEqual(['in_subscription', 'in_subscription', 'in_subscription']);
    const late = await taught(one, '2026-03-24');
    await runInvoices(db, context, actor, { ...march, quiet: true });
    const invoice = await db
      .selectFrom('invoice')
      .select('total')
      .where('clientId', '=', one.client.id)
      .executeTakeFirstOrThrow();
    expect(invoice.total).toBe(36_500n);

    // Closed out after the month was billed: the difference goes onto the next run, marked late.
    context.setNow('2026-04-30T22:00:00Z');
    await late.close();
    await assessPeriods(db, context);
    expect(await assessPeriods(db, context)).toBe(0);
    expect((await nets(one)).slice(1)).toEqual([
      ['overage', '2026-03-01', 5500n],
      ['overage', '2026-03-01', 5500n],
      ['fee', '2026-04-01', 31_000n],
    ]);
    await runInvoices(db, context, actor, { from: '2026-04-01', to: '2026-05-01', quiet: true });
    const lines = await db
      .selectFrom('invoiceLine')
      .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
      .select(['invoiceLine.net', 'invoiceLine.late', 'invoiceLine.reason'])
      .where('invoice.clientId', '=', one.client.id)
      .where('invoiceLine.kind', '=', 'periodic')
      .orderBy('invoice.number')
      .orderBy('invoiceLine.position')
      .execute();
    expect(lines.map((line) => [line.net, line.late])).toEqual([
      [31_000n, false],
      [5500n, false],
      [5500n, true],
      [31_000n, false],
    ]);
    expect(lines[2]?.reason).toEqual({ said: '4 h taught, 2 h included: 2 h beyond, at 55.00 an hour.' });
  });

  it('begins with the day a family is switched to it and ends with the day it leaves; what is planned keeps its mode', async () => {
    context.setNow('2026-06-11T09:00:00Z');
    const one = await family(organisation.installs['billing-invoicing']);
    await switchTo(one, subscription);
    // 310.00 x 20 / 30
    expect(await nets(one)).toEqual([['fee', '2026-06-11', 20_667n]]);
    context.setNow('2026-06-21T09:00:00Z');
    const planned = await taught(one, '2026-06-25');
    await switchTo(one, organisation.installs['billing-invoicing']);
    expect(await nets(one)).toEqual([['fee', '2026-06-11', 10_333n]]);
    context.setNow('2026-06-26T09:00:00Z');
    await planned.close();
    await (await taught(one, '2026-06-26')).close();
    // Ten of thirty days: 40 of the 120 minutes were included.
    expect(await nets(one)).toEqual([
      ['fee', '2026-06-11', 10_333n],
      ['overage', '2026-06-11', 1833n],
      ['session', '2026-06-26', 6000n],
    ]);
  });
});

describe('switching the billing mode', () => {
  it('changes nothing that was posted or billed, in whatever order', { timeout: 120_000 }, async () => {
    const modes = ['billing-credits', 'billing-invoicing', 'billing-none', 'subscription'] as const;
    const installOf = (mode: (typeof modes)[number]) => (mode === 'subscription' ? subscription : organisation.installs[mode]);
    const act = fc.oneof(
      fc.record({ do: fc.constant('switch' as const), to: fc.constantFrom(...modes) }),
      fc.record({ do: fc.constant('teach' as const) }),
      fc.record({ do: fc.constant('bill' as const) }),
    );
    let start = Date.UTC(2026, 7, 1);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 9 }), async (acts) => {
        context.setNow(new Date(start));
        const one = await family(installOf('billing-invoicing'));
        for (const step of acts) {
          start += 6 * 86_400_000;
          context.setNow(new Date(start));
          const today = new Date(start).toISOString().slice(0, 10);
          if (step.do === 'teach') await (await taught(one, today)).close();
          else if (step.do === 'bill') {
            await runInvoices(db, context, actor, { from: '2026-08-01', to: today, quiet: true });
          } else {
            const posted = sql`SELECT t.id, t.effective_on, e.account_id, e.amount FROM ledger_transaction t
              JOIN ledger_entry e ON e.transaction_id = t.id ORDER BY e.seq`;
            const before = await posted.execute(db);
            const claimed = (await chargesOf(one)).filter((row) => row.runId !== null);
            const invoices = await db.selectFrom('invoice').selectAll().orderBy('id').execute();
            await switchTo(one, installOf(step.to));
            await assessPeriods(db, context);
            const after = await posted.execute(db);
            expect(after.rows.slice(0, before.rows.length)).toEqual(before.rows);
            expect((await chargesOf(one)).filter((row) => row.runId !== null)).toEqual(claimed);
            expect(await db.selectFrom('invoice').selectAll().orderBy('id').execute()).toEqual(invoices);
          }
          expect(await assessPeriods(db, context)).toBeGreaterThanOrEqual(0);
          expect(await assessPeriods(db, context)).toBe(0);
        }
      }),
      { numRuns: 8 },
    );
    const { rows } = await sql<{ drift: bigint }>`
      SELECT (SELECT coalesce(sum(net), 0) FROM charge WHERE kind = 'periodic')
        + (SELECT balance FROM account WHERE code = 'income:subscriptions') AS drift`.execute(db);
    expect(BigInt(rows[0]?.drift ?? 1n)).toBe(0n);
  });
});
