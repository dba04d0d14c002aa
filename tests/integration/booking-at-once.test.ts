import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase({ max: 25 });
const context = testContext(db);
const organisation = await anOrganisation(db, { timezone: 'Europe/Dublin', meeting: 'meeting-jitsi' });
const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 6 });

const plan = { programId: program.id, subjectId: subject.id, durationMinutes: 60, mode: 'in_person', billable: true } as const;
const settled = async <T>(work: Promise<T>[]) => {
  const results = await Promise.allSettled(work);
  return {
    won: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    lost: results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
  };
};

describe('many at once', () => {
  it("50 bookings for one tutor's hour: one wins, 49 are told 409 with what they clash with", async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const students = await Promise.all(Array.from({ length: 50 }, () => aStudent(db)));
    const { won, lost } = await settled(
      students.map((student, n) =>
        // Overlapping, not equal: some start a quarter of an hour later.
        bookSession(db, context, actor, {
          ...plan,
          tutorId: tutor.id,
          studentIds: [student.id],
          wallStart: n % 2 ? '2026-03-10T15:00' : '2026-03-10T15:15',
        }),
      ),
    );
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(49);
    for (const error of lost) {
      if (!isDomainError(error, 'tutor_conflict')) throw error;
      expect(statusOf(error)).toBe(409);
      expect(error.details).toMatchObject({ sessions: [{ id: won[0]?.sessionId }] });
    }
  });

  it('bookings of overlapping groups that share tutors and students never wait in a circle', async () => {
    const tutors = await Promise.all([aTutor(db), aTutor(db)]);
    const students = await Promise.all(Array.from({ length: 6 }, () => aStudent(db)));
    const ids = students.map((student) => student.id);
    const { won, lost } = await settled(
      Array.from({ length: 40 }, (_, n) => {
        const group = [...ids.slice(n % 6), ...ids.slice(0, n % 6)].slice(0, 3);
        const studentIds = n % 2 ? group : [...group].reverse();
        return bookSession(db, context, actor, {
          ...plan,
          tutorId: tutors[n % 2]?.id ?? '',
          studentIds,
          wallStart: '2026-03-11T09:00',
        });
      }),
    );
    expect(lost.filter((error) => !isDomainError(error))).toEqual([]);
    expect(won.length).toBeGreaterThanOrEqual(1);
    const doubled = await sql<{ n: bigint }>`
      SELECT count(*) AS n FROM session_resource a JOIN session_resource b
        ON a.resource_id = b.resource_id AND a.session_id < b.session_id AND a.busy && b.busy AND a.blocking AND b.blocking`.execute(
      db,
    );
    expect(doubled.rows[0]?.n).toBe(0n);
  });

  it('24 bookings at once on 10 credits: 10 are booked, 14 are told what is short', async () => {
    const credits = organisation.installs['billing-credits'];
    await db
      .updateTable('pluginInstall')
      .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'refuse' }) })
      .where('id', '=', credits)
      .execute();
    const client = await aClient(db, { billingInstallId: credits });
    const children = await Promise.all(Array.from({ length: 24 }, () => aStudent(db, { clientId: client.id })));
    const tutors = await Promise.all(children.map(() => aTutor(db)));
    await sellPackage(db, context, actor, { clientId: client.id, credits: 1000n, price: 40_000n, purchasedOn: '2026-03-01' });
    const { won, lost } = await settled(
      children.map((child, n) =>
        bookSession(db, context, actor, {
          ...plan,
          tutorId: tutors[n]?.id ?? '',
          studentIds: [child.id],
          wallStart: '2026-03-12T10:00',
        }),
      ),
    );
    expect(won).toHaveLength(10);
    expect(lost).toHaveLength(14);
    for (const error of lost) if (!isDomainError(error, 'insufficient_credits')) throw error;
    const left = await db
      .selectFrom('account')
      .select(['code', 'balance'])
      .where('clientId', '=', client.id)
      .where('commodity', '=', 'CREDIT')
      .execute();
    expect(left.map((account) => [account.code.split(':').slice(2, 3)[0], account.balance]).sort()).toEqual([
      ['booked', 1000n],
      ['lot', 0n],
    ]);
  });

  it('the same form sent ten times at once books one session', async () => {
    const tutor = await aTutor(db);
    const student = await aStudent(db);
    const id = crypto.randomUUID();
    const { won, lost } = await settled(
      Array.from({ length: 10 }, () =>
        bookSession(db, context, actor, {
          ...plan,
          id,
          tutorId: tutor.id,
          studentIds: [student.id],
          wallStart: '2026-03-13T10:00',
        }),
      ),
    );
    expect(lost).toEqual([]);
    expect(new Set(won.map((one) => one.sessionId))).toEqual(new Set([id]));
  });

  it('a place cancelled by two people at once is cancelled once, and its credit comes back once', async () => {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-credits'] });
    const child = await aStudent(db, { clientId: client.id });
    await sellPackage(db, context, actor, { clientId: client.id, credits: 300n, price: 12_000n, purchasedOn: '2026-03-01' });
    const tutor = await aTutor(db);
    const { sessionId } = await bookSession(db, context, actor, {
      ...plan,
      tutorId: tutor.id,
      studentIds: [child.id],
      wallStart: '2026-03-20T10:00',
    });
    const { won } = await settled(
      Array.from({ length: 5 }, () => cancelSession(db, context, actor, { sessionId, by: 'client', reason: 'ill' })),
    );
    expect(won).toHaveLength(1);
    const lot = await db
      .selectFrom('creditLot')
      .innerJoin('account', 'account.id', 'creditLot.accountId')
      .select('account.balance')
      .where('creditLot.clientId', '=', client.id)
      .executeTakeFirstOrThrow();
    expect(lot.balance).toBe(300n);
  });
});
