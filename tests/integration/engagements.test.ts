import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { chaseIdleEngagements } from '#app/domain/engagements/chase-idle-engagements.server.ts';
import { createEngagement } from '#app/domain/engagements/create-engagement.server.ts';
import { editEngagement } from '#app/domain/engagements/edit-engagement.server.ts';
import { endEngagement } from '#app/domain/engagements/end-engagement.server.ts';
import { getEngagement, listEngagements, listIdleEngagements } from '#app/domain/engagements/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const MONDAY = '2026-03-02T09:00:00Z';
const ctx = testContext(db, { now: MONDAY });
await anOrganisation(db, { email: 'office@harbour.test' });
await aRate(db);
const maths = await aSubject(db, { name: 'Maths' });
const one = await aProgram(db, { name: 'One-to-one' });
const system = { userId: null, kind: 'system' } as const;

beforeEach(() => ctx.setNow(MONDAY));

async function aPair() {
  const tutor = await aTutor(db, { subjectIds: [maths.id] });
  const student = await aStudent(db);
  const values = {
    tutorId: tutor.id,
    studentId: student.id,
    programId: one.id,
    subjectId: maths.id,
    whoMaySchedule: null,
    hoursPerWeek: '2.00',
    defaultMinutes: null,
    startsOn: '2026-03-01',
    endsOn: null,
    notes: '',
  };
  return { tutor, student, values };
}

async function anEngagement() {
  const pair = await aPair();
  const { id } = await createEngagement(db, ctx, system, pair.values);
  // As if it had been made on that Monday.
  await db
    .updateTable('engagement')
    .set({ createdAt: new Date(MONDAY) })
    .where('id', '=', id)
    .execute();
  return { ...pair, id };
}

async function book(pair: { tutor: { id: string }; student: { id: string } }, wallStart: string) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: pair.tutor.id,
    studentIds: [pair.student.id],
    programId: one.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  return sessionId;
}

const idleMails = async () =>
  (
    await db
      .selectFrom('mailMessage')
      .select(['toAddress'])
      .where('template', '=', 'engagements-idle')
      .orderBy('createdAt')
      .execute()
  ).map((mail) => mail.toAddress);

describe('an engagement', () => {
  it('is made once, however often its form is sent, and never twice for the same days', async () => {
    const { values } = await aPair();
    const id = randomUUID();
    const made = await Promise.all([1, 2].map(() => createEngagement(db, ctx, system, { ...values, id })));
    expect(made).toEqual([{ id }, { id }]);
    await expect(createEngagement(db, ctx, system, values)).rejects.toMatchObject({
      code: 'duplicate_reference',
      field: 'startsOn',
    });
    await endEngagement(db, ctx, system, { id, endsOn: '2026-03-31', reason: 'Exams are over' });
    await expect(createEngagement(db, ctx, system, { ...values, startsOn: '2026-04-01' })).resolves.toBeDefined();
  });

  it('two at once for the same pair: one is made', async () => {
    const { values } = await aPair();
    const results = await Promise.allSettled([1, 2, 3].map(() => createEngagement(db, ctx, system, values)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('names what is not there, archived or not taught', async () => {
    const { values } = await aPair();
    const refused = (over: Partial<typeof values>) =>
      createEngagement(db, ctx, system, { ...values, ...over }).catch((e) => e.field);
    expect(await refused({ tutorId: randomUUID() })).toBe('tutorId');
    expect(await refused({ studentId: (await aStudent(db, { archivedAt: new Date() })).id })).toBe('studentId');
    expect(await refused({ subjectId: (await aSubject(db)).id })).toBe('subjectId');
  });

  it('is not saved over somebody else’s change, and not for another tutor', async () => {
    const { id, values } = await anEngagement();
    await editEngagement(db, ctx, system, { ...values, id, version: 1, whoMaySchedule: 'tutor' });
    await expect(editEngagement(db, ctx, system, { ...values, id, version: 1, whoMaySchedule: 'any' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(
      editEngagement(db, ctx, system, { ...values, id, version: 2, tutorId: (await aTutor(db)).id }),
    ).rejects.toMatchObject({ code: 'invalid_value', field: 'tutorId' });
    expect((await getEngagement(db, ctx.clock(), id)).whoMaySchedule).toBe('tutor');
  });

  it('shows what is booked of its hours, this week and the next, without what was cancelled', async () => {
    const pair = await anEngagement();
    await book(pair, '2026-03-04T15:00');
    await book(pair, '2026-03-10T15:00');
    const off = await book(pair, '2026-03-05T15:00');
    const linked = await db.selectFrom('session').select('engagementId').where('id', '=', off).executeTakeFirst();
    expect(linked?.engagementId).toBe(pair.id);
    await cancelSession(db, ctx, system, { sessionId: off, by: 'office', reason: '' });
    const [row] = await listEngagements(db, ctx.clock(), { ids: [pair.id] });
    expect(row).toMatchObject({ minutesThisWeek: 60, minutesNextWeek: 60, hoursPerWeek: '2.00', idle: 'busy' });
  });
});

describe('an engagement of which nothing is planned', () => {
  it('chases the tutor once and then the office once, and begins anew after a session', async () => {
    const pair = await anEngagement();
    const hour = (n: number) => ctx.setNow(new Date(new Date(MONDAY).getTime() + n * 3_600_000));
    hour(71);
    expect(await chaseIdleEngagements(db, ctx)).toEqual({ tutor: 0, office: 0 });
    hour(73);
    expect((await listIdleEngagements(db, ctx.clock())).map((row) => row.id)).toContain(pair.id);
    await Promise.all([chaseIdleEngagements(db, ctx), chaseIdleEngagements(db, ctx)]);
    await chaseIdleEngagements(db, ctx);
    const own = async () => (await idleMails()).filter((to) => to === pair.tutor.email || to === 'office@harbour.test');
    expect(await own()).toEqual([pair.tutor.email]);
    hour(145);
    await chaseIdleEngagements(db, ctx);
    await chaseIdleEngagements(db, ctx);
    expect(await own()).toEqual([pair.tutor.email, 'office@harbour.test']);

    const sessionId = await book(pair, '2026-03-12T15:00');
    await chaseIdleEngagements(db, ctx);
    expect(await getEngagement(db, ctx.clock(), pair.id)).toMatchObject({ idle: 'busy', chasedAt: null, officeToldAt: null });
    // After the session the hours are counted anew, from its end.
    ctx.setNow('2026-03-15T15:00:00Z');
    await chaseIdleEngagements(db, ctx);
    expect(await own()).toHaveLength(2);
    ctx.setNow('2026-03-15T16:30:00Z');
    await chaseIdleEngagements(db, ctx);
    expect(await own()).toHaveLength(3);
    expect(sessionId).toBeDefined();
  });

  it('is left alone before it begins, after it ended, and where the rules never chase', async () => {
    const pair = await anEngagement();
    ctx.setNow('2026-03-20T09:00:00Z');
    const idle = async () => (await listIdleEngagements(db, ctx.clock())).some((row) => row.id === pair.id);
    expect(await idle()).toBe(true);
    await db.updateTable('engagement').set({ startsOn: '2026-04-01' }).where('id', '=', pair.id).execute();
    expect(await idle()).toBe(false);
    await db.updateTable('engagement').set({ startsOn: '2026-03-01', endsOn: '2026-03-10' }).where('id', '=', pair.id).execute();
    expect(await idle()).toBe(false);
    await db.updateTable('engagement').set({ endsOn: null }).where('id', '=', pair.id).execute();
    await db
      .updateTable('tutor')
      .set({ schedulingOverrides: JSON.stringify({ engagementIdleHours: null }) })
      .where('id', '=', pair.tutor.id)
      .execute();
    expect(await idle()).toBe(false);
  });
});
