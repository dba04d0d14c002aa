import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { editSession } from '#app/domain/scheduling/edit-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase();
const context = testContext(db);
const policies = {
  completion: 'approval',
  no_show: { wait_percent: 33, client_charge_percent: '33.33', tutor_pay_percent: 50, pay_base: 'tutor_pay' },
  late_cancel: { notice_hours: 24, client_charge_percent: 50, tutor_pay_percent: 25 },
  mileage: { rate_per_mile: '0.67' },
  invoice: { due_days: 14 },
};
const organisation = await anOrganisation(db, { policies: JSON.stringify(policies), durations: [30, 45, 60] });
await db
  .updateTable('pluginInstall')
  .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
  .where('id', '=', organisation.installs['billing-credits'])
  .execute();
const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 3 });
await aRate(db, { amountPerHour: 3333n });
await aRate(db, { side: 'pay', amountPerHour: 2500n });

const act = fc.oneof(
  fc.record({
    do: fc.constant('close out' as const),
    outcome: fc.constantFrom('attended' as const, 'no_show' as const, 'technical_failure' as const),
    minutes: fc.integer({ min: 0, max: 90 }),
    miles: fc.constantFrom(undefined, '7.5'),
  }),
  fc.record({ do: fc.constant('approve' as const) }),
  fc.record({ do: fc.constant('send back' as const) }),
  fc.record({
    do: fc.constant('cancel' as const),
    by: fc.constantFrom('client' as const, 'office' as const),
    hours: fc.integer({ min: 0, max: 48 }),
    all: fc.boolean(),
  }),
  fc.record({ do: fc.constant('make free or billable' as const), billable: fc.boolean() }),
  fc.record({ do: fc.constant('move' as const), hour: fc.integer({ min: 8, max: 20 }), minutes: fc.constantFrom(30, 45, 60) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

let day = 0;

async function history(acts: readonly Act[], mode: 'billing-credits' | 'billing-invoicing') {
  const installId = organisation.installs[mode];
  const client = await aClient(db, { billingInstallId: installId });
  const children = [await aStudent(db, { clientId: client.id }), await aStudent(db, { clientId: client.id })];
  const tutor = await aTutor(db);
  if (mode === 'billing-credits') {
    await sellPackage(db, context, actor, {
      clientId: client.id,
      credits: 150n,
      price: 0n,
      purchasedOn: '2026-01-01',
      expiresOn: '2030-12-31',
    });
  }
  const date = new Date(Date.UTC(2026, 3, 1 + (day++ % 200))).toISOString().slice(0, 10);
  context.setNow(`${date}T00:00:00Z`);
  const { sessionId } = await bookSession(db, context, actor, {
    tutorId: tutor.id,
    studentIds: children.map((child) => child.id),
    programId: program.id,
    subjectId: subject.id,
    wallStart: `${date}T10:00`,
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  context.setNow(`${date}T23:00:00Z`);
  for (const one of acts) {
    try {
      await perform(one, sessionId, date);
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  }
  return { sessionId, client };
}

async function perform(one: Act, sessionId: string, date: string): Promise<void> {
  const session = await db
    .selectFrom('session')
    .select(['version', 'startsAt'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const left = await db
    .selectFrom('attendance')
    .select('studentId')
    .where('sessionId', '=', sessionId)
    .where('outcome', 'not in', ['cancelled', 'late_cancel'])
    .execute();
  switch (one.do) {
    case 'close out':
      return submitCloseOut(
        db,
        context,
        actor,
        {
          sessionId,
          actualWallStart: `${date}T10:05`,
          actualMinutes: one.minutes,
          ...(one.miles ? { miles: one.miles } : {}),
          notes: '',
          privateNote: '',
          homework: '',
          nextTopics: '',
          attendance: left.map(({ studentId }, index) => ({ studentId, outcome: index === 0 ? one.outcome : 'attended' })),
        },
        { office: true },
      );
    case 'approve':
      return void (await approveCloseOuts(db, context, actor, { sessionIds: [sessionId] }));
    case 'send back':
      return sendBackCloseOut(db, context, actor, { sessionId, reason: 'Which homework?' });
    case 'cancel':
      return cancelSession(db, context, actor, {
        sessionId,
        by: one.by,
        reason: '',
        cancelledAt: new Date(session.startsAt.getTime() - one.hours * 3_600_000),
        ...(one.all || !left[0] ? {} : { studentIds: [left[0].studentId] }),
      });
    case 'make free or billable':
      return editSession(db, context, actor, { sessionId, version: session.version, billable: one.billable });
    case 'move':
      return rescheduleSession(db, context, actor, {
        sessionId,
        version: session.version,
        wallStart: `${date}T${String(one.hour).padStart(2, '0')}:00`,
        durationMinutes: one.minutes,
      });
  }
}

const balancesOf = (clientId: string) =>
  db
    .selectFrom('account')
    .select([sql<string>`split_part(code, ':', 3)`.as('name'), 'balance'])
    .where('clientId', '=', clientId)
    .where('commodity', '=', 'CREDIT')
    .execute();

describe('whatever happens to a session', () => {
  it('its credits come to the target of its last state: nothing lost, nothing used twice', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        const { sessionId, client } = await history(acts, 'billing-credits');
        const session = await db
          .selectFrom('session')
          .select(['billable', 'settledAt'])
          .where('id', '=', sessionId)
          .executeTakeFirstOrThrow();
        const places = await db
          .selectFrom('attendance')
          .select(['outcome', 'chargePercent', 'settledAt', 'leftOut'])
          .where('sessionId', '=', sessionId)
          .execute();
        let booked = 0n;
        let used = 0n;
        for (const place of places) {
          if (!session.billable || place.outcome === 'cancelled') continue;
          if (place.settledAt === null) booked += 100n;
          else used += { '100': 100n, '50': 50n, '33.33': 33n, '0': 0n }[place.chargePercent ?? ''] ?? -1n;
        }
        const balances = await balancesOf(client.id);
        const of = (name: string) =>
          balances.filter((account) => account.name === name).reduce((sum, account) => sum + account.balance, 0n);
        expect({ booked: of('booked'), used: of('used') }).toEqual({ booked, used });
        expect(of('lot') + of('overdraft')).toBe(150n - booked - used);
        expect(of('lot')).toBeGreaterThanOrEqual(0n);
        expect(places.every((place) => place.leftOut !== null)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('what is unbilled in the books is the sum of its charges, and every place has a charge or a reason', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        const { sessionId, client } = await history(acts, 'billing-invoicing');
        const places = await db
          .selectFrom('attendance')
          .leftJoin('charge', 'charge.attendanceId', 'attendance.id')
          .select(['attendance.leftOut', 'charge.net', 'attendance.settledAt'])
          .where('attendance.sessionId', '=', sessionId)
          .execute();
        for (const place of places) {
          expect(place.leftOut === null).toBe(place.net !== null);
          if (place.net !== null) expect(place.settledAt).not.toBeNull();
        }
        const unbilled = await db
          .selectFrom('account')
          .select('balance')
          .where('code', '=', `assets:unbilled:${client.ref}`)
          .executeTakeFirst();
        expect(unbilled?.balance ?? 0n).toBe(places.reduce((sum, place) => sum + (place.net ?? 0n), 0n));
        const { settledAt, payLeftOut } = await db
          .selectFrom('session')
          .select(['settledAt', 'payLeftOut'])
          .where('id', '=', sessionId)
          .executeTakeFirstOrThrow();
        const pay = await db
          .selectFrom('payItem')
          .select('amount')
          .where('sessionId', '=', sessionId)
          .where('kind', '=', 'session')
          .execute();
        expect(pay.length).toBe(payLeftOut === null ? 1 : 0);
        if (settledAt === null) expect(payLeftOut).toMatch(/unclosed|unapproved/);
      }),
      { numRuns: 30 },
    );
  });

  it('the books balance, whatever was posted', async () => {
    const { rows } = await sql<{ commodity: string; sum: string }>`
      SELECT a.commodity, sum(e.amount)::text AS sum FROM ledger_entry e JOIN account a ON a.id = e.account_id GROUP BY 1 HAVING sum(e.amount) <> 0`.execute(
      db,
    );
    expect(rows).toEqual([]);
    const drift =
      await sql`SELECT code FROM account a WHERE balance <> (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE account_id = a.id)`.execute(
        db,
      );
    expect(drift.rows).toEqual([]);
  });
});

describe('credits', () => {
  const credits = () => organisation.installs['billing-credits'];
  const plan = { programId: program.id, subjectId: subject.id, durationMinutes: 60, mode: 'in_person', billable: true } as const;

  it('the lot that expires first is used first, one restricted to the child before it, and none after its last day', async () => {
    context.setNow('2026-11-01T08:00:00Z');
    const client = await aClient(db, { billingInstallId: credits() });
    const [child, sibling] = [await aStudent(db, { clientId: client.id }), await aStudent(db, { clientId: client.id })];
    const sell = (ref: string, over: object) =>
      sellPackage(db, context, actor, {
        ref: `${client.ref}-${ref}`,
        clientId: client.id,
        credits: 100n,
        price: 0n,
        purchasedOn: '2026-11-01',
        ...over,
      });
    await sell('late', { expiresOn: '2027-11-01' });
    await sell('soon', { expiresOn: '2026-11-10' });
    await sell('hers', { expiresOn: '2028-01-01', studentId: child.id });
    const book = async (studentId: string, date: string) =>
      bookSession(db, context, actor, {
        ...plan,
        tutorId: (await aTutor(db)).id,
        studentIds: [studentId],
        wallStart: `${date}T10:00`,
      });
    const lots = async () => {
      const rows = await db
        .selectFrom('creditLot')
        .innerJoin('account', 'account.id', 'creditLot.accountId')
        .select(['creditLot.ref', 'account.balance'])
        .where('creditLot.clientId', '=', client.id)
        .execute();
      return Object.fromEntries(rows.map((row) => [row.ref.slice(client.ref.length + 1), row.balance]));
    };
    await book(child.id, '2026-11-05');
    expect(await lots()).toEqual({ late: 100n, soon: 100n, hers: 0n });
    await book(sibling.id, '2026-11-11');
    expect(await lots()).toEqual({ late: 0n, soon: 100n, hers: 0n });
    const last = await book(sibling.id, '2026-11-10');
    expect(await lots()).toEqual({ late: 0n, soon: 0n, hers: 0n });
    // Given back on its last day, it is there again, and gone the day after.
    await cancelSession(db, context, actor, { sessionId: last.sessionId, by: 'office', reason: '' });
    expect((await lots()).soon).toBe(100n);
    context.setNow('2026-11-11T08:00:00Z');
    expect(await expireCredits(db, context)).toBe(1);
    expect(await expireCredits(db, context)).toBe(0);
    expect((await lots()).soon).toBe(0n);
    expect((await balancesOf(client.id)).find((account) => account.name === 'expired')?.balance).toBe(100n);
  });

  it('a family below zero is flagged, and its next package covers that first', async () => {
    context.setNow('2026-11-12T08:00:00Z');
    const client = await aClient(db, { billingInstallId: credits() });
    const child = await aStudent(db, { clientId: client.id });
    const tutor = await aTutor(db);
    const { warnings } = await bookSession(db, context, actor, {
      ...plan,
      tutorId: tutor.id,
      studentIds: [child.id],
      wallStart: '2026-11-20T10:00',
    });
    expect(warnings.map((warning) => warning.code)).toContain('insufficient_credits');
    await sellPackage(db, context, actor, { clientId: client.id, credits: 500n, price: 0n, purchasedOn: '2026-11-12' });
    const balances = await balancesOf(client.id);
    expect(Object.fromEntries(balances.map((account) => [account.name, account.balance]))).toEqual({
      lot: 400n,
      overdraft: 0n,
      booked: 100n,
    });
  });
});

describe('the ledger refuses', () => {
  it('a change or a deletion of what is posted, and a balance set by hand', async () => {
    await expect(sql`UPDATE ledger_entry SET amount = 1`.execute(db)).rejects.toThrow(/append-only/);
    await expect(sql`DELETE FROM ledger_transaction`.execute(db)).rejects.toThrow(/append-only/);
    await expect(sql`TRUNCATE ledger_entry`.execute(db)).rejects.toThrow(/append-only|cannot truncate/);
    await expect(sql`UPDATE account SET balance = balance + 1`.execute(db)).rejects.toThrow(/through ledger entries only/);
    await expect(sql`UPDATE audit_log SET reason = ''`.execute(db)).rejects.toThrow(/append-only/);
  });

  it('a transaction whose entries do not sum to zero', async () => {
    const unbalanced = db.transaction().execute(async (trx) => {
      const account = await trx.selectFrom('account').select('id').limit(1).executeTakeFirstOrThrow();
      const made = await trx
        .insertInto('ledgerTransaction')
        .values({ idempotencyKey: 'test', effectiveOn: '2026-01-01', description: '' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx.insertInto('ledgerEntry').values({ transactionId: made.id, accountId: account.id, amount: 5n }).execute();
    });
    await expect(unbalanced).rejects.toThrow(/does not balance/);
  });
});
