import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { bookOwnSeries } from '#app/domain/booking-requests/book-own-series.server.ts';
import { bookOwnSession } from '#app/domain/booking-requests/book-own-session.server.ts';
import { cancelOwnSession } from '#app/domain/booking-requests/cancel-own-session.server.ts';
import { moveOwnSession } from '#app/domain/booking-requests/move-own-session.server.ts';
import type { OwnPlanner } from '#app/domain/booking-requests/planner.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { costOf, previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import {
  aClient,
  anEngagement,
  anOrganisation,
  aProgram,
  aRate,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const MONDAY = '2026-03-02T09:00:00Z';
const ctx = testContext(db, { now: MONDAY });
const ZONE = 'Europe/Dublin';
await anOrganisation(db, { meeting: 'meeting-jitsi' });
await db
  .updateTable('organisation')
  .set({ policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '50' } }) })
  .execute();
await aRate(db);
const maths = await aSubject(db);
const system = { userId: null, kind: 'system' } as const;

beforeEach(() => ctx.setNow(MONDAY));

const ALL = { book: true, move: true, cancel: true };
const NONE = { book: false, move: false, cancel: false };

interface Layers {
  organisation?: object;
  program?: object;
  tutor?: object;
  who?: 'office' | 'tutor' | 'family' | 'any' | null;
}

/** A tutor and a family engaged under the given rules. */
async function aPair(layers: Layers = {}) {
  await db
    .updateTable('organisation')
    .set({ scheduling: JSON.stringify(layers.organisation ?? {}) })
    .execute();
  const program = await aProgram(db, { capacity: 3, kind: 'group', schedulingOverrides: JSON.stringify(layers.program ?? {}) });
  const [tutorUser, clientUser] = [await aUser(db, { roles: ['tutor'] }), await aUser(db, { roles: ['client'] })];
  const tutor = await aTutor(db, {
    userId: tutorUser.id,
    subjectIds: [maths.id],
    schedulingOverrides: JSON.stringify(layers.tutor ?? {}),
  });
  const client = await aClient(db, { userId: clientUser.id });
  const student = await aStudent(db, { clientId: client.id });
  const engagement = await anEngagement(
    db,
    { tutorId: tutor.id, studentId: student.id, programId: program.id, subjectId: maths.id },
    { whoMaySchedule: layers.who ?? null },
  );
  const planners: Record<'tutor' | 'family', OwnPlanner> = {
    tutor: { by: 'tutor', tutorId: tutor.id },
    family: { by: 'family', clientIds: [client.id], studentIds: [student.id] },
  };
  const actors = {
    tutor: { userId: tutorUser.id, kind: 'user' as const },
    family: { userId: clientUser.id, kind: 'user' as const },
  };
  return { program, tutor, client, student, engagement, planners, actors };
}
type Pair = Awaited<ReturnType<typeof aPair>>;
type Who = 'tutor' | 'family';

let day = 9;
/** Each on a day of its own in the weeks to come, at three in the afternoon. */
const nextTime = () => {
  day += 1;
  return `${day > 31 ? `2026-04-${String(day - 31).padStart(2, '0')}` : `2026-03-${day}`}T15:00`;
};

const plan = (pair: Pair, wallStart: string) =>
  ({ engagementId: pair.engagement.id, wallStart, zone: ZONE, durationMinutes: 60, mode: 'online' }) as const;

const book = (pair: Pair, who: Who, wallStart = nextTime(), over: object = {}) =>
  bookOwnSession(db, ctx, pair.actors[who], pair.planners[who], { ...plan(pair, wallStart), ...over });

async function booked(pair: Pair, wallStart: string, also: string[] = []) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: pair.tutor.id,
    studentIds: [pair.student.id, ...also],
    programId: pair.program.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'online',
    billable: true,
  });
  return sessionId;
}

const move = (pair: Pair, who: Who, sessionId: string, wallStart: string, version = 1) =>
  moveOwnSession(db, ctx, pair.actors[who], pair.planners[who], { sessionId, version, wallStart, zone: ZONE });

const cancel = (pair: Pair, who: Who, sessionId: string, over: object = {}) =>
  cancelOwnSession(db, ctx, pair.actors[who], pair.planners[who], { sessionId, reason: '', ...over });

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isDomainError(error)) throw new Error('was not refused', { cause: error });
  return error;
}

describe('who books by themselves, asked of the use case', () => {
  const matrix: [string, Layers, { tutor: string; family: string }][] = [
    ['nobody, where the company says nothing', {}, { tutor: 'forbidden', family: 'forbidden' }],
    ['tutors, where the company lets them', { organisation: { tutor: ALL } }, { tutor: 'booked', family: 'forbidden' }],
    ['families, where the program lets them', { program: { family: ALL } }, { tutor: 'forbidden', family: 'booked' }],
    [
      'not tutors, where the program takes it away',
      { organisation: { tutor: ALL }, program: { tutor: NONE } },
      { tutor: 'forbidden', family: 'forbidden' },
    ],
    [
      'a senior tutor, whatever the program says',
      { program: { tutor: NONE }, tutor: { tutor: ALL } },
      { tutor: 'booked', family: 'forbidden' },
    ],
    [
      'nobody, where the office plans the engagement',
      { organisation: { tutor: ALL, family: ALL }, who: 'office' },
      { tutor: 'forbidden', family: 'forbidden' },
    ],
    ['the tutor of an engagement the tutor plans', { who: 'tutor' }, { tutor: 'booked', family: 'forbidden' }],
    [
      'the family of an engagement the family plans',
      { tutor: { tutor: ALL }, who: 'family' },
      { tutor: 'forbidden', family: 'booked' },
    ],
    ['both, where any may', { who: 'any' }, { tutor: 'booked', family: 'booked' }],
  ];
  it.each(matrix)('%s', async (_, layers, expected) => {
    const pair = await aPair(layers);
    const outcome = (who: Who) =>
      book(pair, who).then(
        () => 'booked',
        (error) => error.code,
      );
    expect({ tutor: await outcome('tutor'), family: await outcome('family') }).toEqual(expected);
  });

  it('the refusal says who plans instead, and that it can be asked for', async () => {
    const pair = await aPair({ who: 'office' });
    expect(await refusal(book(pair, 'family'))).toMatchObject({
      message: 'The office plans this engagement.',
      details: { way: 'ask' },
    });
  });

  it('the same form twice books once, and the session belongs to the engagement', async () => {
    const pair = await aPair({ who: 'any' });
    const id = randomUUID();
    const time = nextTime();
    const results = await Promise.all([1, 2, 3].map(() => book(pair, 'family', time, { id })));
    expect(results).toEqual([{ sessionId: id }, { sessionId: id }, { sessionId: id }]);
    const session = await db.selectFrom('session').select(['engagementId', 'createdBy']).where('id', '=', id).executeTakeFirst();
    expect(session).toEqual({ engagementId: pair.engagement.id, createdBy: pair.actors.family.userId });
  });

  it('tutor and family at once for one time: one session', async () => {
    const pair = await aPair({ who: 'any' });
    const time = nextTime();
    const results = await Promise.allSettled([book(pair, 'tutor', time), book(pair, 'family', time), book(pair, 'tutor', time)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a tampered form', () => {
  it('an engagement of others does not exist', async () => {
    const [own, other] = [await aPair({ who: 'any' }), await aPair({ who: 'any' })];
    for (const who of ['tutor', 'family'] as const) {
      const input = plan(other, nextTime());
      expect(await refusal(bookOwnSession(db, ctx, own.actors[who], own.planners[who], input))).toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('tutor, student, program and subject are the engagement’s, whatever else is sent', async () => {
    const [pair, other] = [await aPair({ who: 'any' }), await aPair({ who: 'any' })];
    const forged = {
      tutorId: other.tutor.id,
      studentIds: [other.student.id],
      billable: false,
      chargeRateOverride: 1n,
      by: 'office',
    };
    const { sessionId } = await book(pair, 'family', nextTime(), forged);
    const session = await db
      .selectFrom('session')
      .innerJoin('attendance', 'attendance.sessionId', 'session.id')
      .select(['tutorId', 'studentId', 'billable', 'chargeRateOverride'])
      .where('session.id', '=', sessionId)
      .execute();
    expect(session).toEqual([{ tutorId: pair.tutor.id, studentId: pair.student.id, billable: true, chargeRateOverride: null }]);
  });

  it('a duration that is not offered, a start off the grid, in the past, too soon and too far are refused by name', async () => {
    const pair = await aPair({ who: 'any' });
    expect(await refusal(book(pair, 'family', nextTime(), { durationMinutes: 55 }))).toMatchObject({ field: 'durationMinutes' });
    expect(await refusal(book(pair, 'family', '2026-03-12T15:07'))).toMatchObject({ code: 'off_grid' });
    expect(await refusal(book(pair, 'family', '2026-03-02T15:00'))).toMatchObject({ code: 'too_soon' });
    expect(await refusal(book(pair, 'family', '2026-02-02T15:00'))).toMatchObject({ code: 'too_soon' });
    expect(await refusal(book(pair, 'family', '2026-12-02T15:00'))).toMatchObject({ code: 'beyond_horizon' });
    expect(await refusal(book(pair, 'family', '2026-03-29T01:30'))).toMatchObject({ code: 'nonexistent_time' });
  });

  it('a slot outside the tutor’s hours, which the office may overrule, and they may not', async () => {
    const pair = await aPair({ who: 'any' });
    await db
      .insertInto('availabilityRule')
      .values({ tutorId: pair.tutor.id, weekday: 1, startMinute: 900, endMinute: 1080 })
      .execute();
    for (const who of ['tutor', 'family'] as const)
      expect(await refusal(book(pair, who, '2026-03-10T15:00'))).toMatchObject({ code: 'outside_availability' });
    await expect(book(pair, 'family', '2026-03-09T15:00')).resolves.toBeDefined();
  });

  it('another price than was said is not booked', async () => {
    const pair = await aPair({ who: 'any' });
    const time = nextTime();
    expect(await refusal(book(pair, 'family', time, { feeSaid: 100n }))).toMatchObject({ code: 'preview_changed' });
    await expect(book(pair, 'family', time, { feeSaid: 6000n })).resolves.toBeDefined();
  });

  it('an engagement that is over books nothing more', async () => {
    const pair = await aPair({ who: 'any' });
    await db.updateTable('engagement').set({ endsOn: '2026-03-10' }).where('id', '=', pair.engagement.id).execute();
    expect(await refusal(book(pair, 'tutor', '2026-03-11T15:00'))).toMatchObject({
      code: 'forbidden',
      message: 'This engagement ends on 10 March 2026.',
    });
    await expect(book(pair, 'tutor', '2026-03-10T15:00')).resolves.toBeDefined();
  });
});

describe('moving and cancelling by themselves', () => {
  it('a tutor moves within the notice of the rules, and a stale page is told', async () => {
    const pair = await aPair({ tutor: { tutor: ALL } });
    const sessionId = await booked(pair, '2026-03-16T15:00');
    await move(pair, 'tutor', sessionId, '2026-03-17T15:00');
    expect(await refusal(move(pair, 'tutor', sessionId, '2026-03-18T15:00'))).toMatchObject({ code: 'conflict' });
    ctx.setNow('2026-03-17T06:00:00Z');
    expect(await refusal(move(pair, 'tutor', sessionId, '2026-03-20T15:00', 2))).toMatchObject({
      code: 'forbidden',
      message: 'It starts in less than 12 hours: ask the office.',
    });
  });

  it('a tutor who cancels costs nobody anything, however late', async () => {
    const pair = await aPair({ tutor: { tutor: ALL, minNoticeMinutes: 0 } });
    const sessionId = await booked(pair, '2026-03-02T15:00');
    await cancel(pair, 'tutor', sessionId, { reason: 'Ill' });
    const [place] = await db.selectFrom('attendance').select(['outcome']).where('sessionId', '=', sessionId).execute();
    expect(place?.outcome).toBe('cancelled');
    const said = await db
      .selectFrom('cancellation')
      .select(['cancelledBy', 'reason'])
      .where('sessionId', '=', sessionId)
      .execute();
    expect(said).toEqual([{ cancelledBy: 'tutor', reason: 'Ill' }]);
  });

  it('a family cancels late with the fee it was told, and not where it was told another', async () => {
    const pair = await aPair();
    const sessionId = await booked(pair, '2026-03-03T15:00');
    const costSaid = async () => costOf(await previewCancellation(db, ctx, { sessionId, by: 'client' }));
    const inTime = await costSaid();
    ctx.setNow('2026-03-02T16:00:00Z');
    expect(await refusal(cancel(pair, 'family', sessionId, { costSaid: inTime }))).toMatchObject({ code: 'preview_changed' });
    await cancel(pair, 'family', sessionId, { costSaid: await costSaid() });
    const [charge] = await db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select(['charge.net', 'outcome'])
      .where('attendance.sessionId', '=', sessionId)
      .execute();
    expect(charge).toEqual({ net: 3000n, outcome: 'late_cancel' });
  });

  it('a family cancels its own place in a group and never another’s', async () => {
    const [pair, other] = [await aPair(), await aStudent(db)];
    const sessionId = await booked(pair, '2026-03-19T15:00', [other.id]);
    expect(await refusal(cancel(pair, 'family', sessionId, { studentIds: [other.id] }))).toMatchObject({ field: 'studentIds' });
    await cancel(pair, 'family', sessionId);
    const places = await db
      .selectFrom('attendance')
      .select(['studentId', 'outcome'])
      .where('sessionId', '=', sessionId)
      .execute();
    expect(new Map(places.map((place) => [place.studentId, place.outcome]))).toEqual(
      new Map([
        [pair.student.id, 'cancelled'],
        [other.id, 'planned'],
      ]),
    );
    expect(await refusal(cancel(pair, 'family', sessionId))).toMatchObject({ code: 'already_done' });
  });

  it('a family that may move does so in time, alone in the session, and otherwise asks', async () => {
    const pair = await aPair({ who: 'family' });
    const sessionId = await booked(pair, '2026-03-24T15:00');
    await move(pair, 'family', sessionId, '2026-03-25T15:00');
    ctx.setNow('2026-03-25T10:00:00Z');
    expect(await refusal(move(pair, 'family', sessionId, '2026-03-27T15:00', 2))).toMatchObject({
      code: 'forbidden',
      details: { way: 'ask' },
    });
  });

  it('a session of others does not exist', async () => {
    const [own, other] = [await aPair({ who: 'any' }), await aPair({ who: 'any' })];
    const sessionId = await booked(other, '2026-03-26T15:00');
    for (const who of ['tutor', 'family'] as const) {
      expect(await refusal(move(own, who, sessionId, '2026-03-27T15:00'))).toMatchObject({ code: 'not_found' });
      expect(await refusal(cancel(own, who, sessionId))).toMatchObject({ code: 'not_found' });
    }
  });

  it('a student who doesn’t pay asks, and books, moves and cancels nothing', async () => {
    const pair = await aPair({ who: 'any' });
    const planner: OwnPlanner = { by: 'family', clientIds: [], studentIds: [pair.student.id] };
    const sessionId = await booked(pair, '2026-03-30T15:00');
    const input = plan(pair, nextTime());
    expect(await refusal(bookOwnSession(db, ctx, system, planner, input))).toMatchObject({
      code: 'forbidden',
      details: { way: 'ask' },
    });
    expect(await refusal(cancelOwnSession(db, ctx, system, planner, { sessionId, reason: '' }))).toMatchObject({
      code: 'forbidden',
    });
    await expect(askForSession(db, ctx, system, planner, { kind: 'new', ...input })).resolves.toBeDefined();
  });
});

describe('every week', () => {
  const weekly = (pair: Pair, who: Who, wallStart: string, over: object = {}) =>
    bookOwnSeries(db, ctx, pair.actors[who], pair.planners[who], {
      ...plan(pair, wallStart),
      weeks: 4,
      leaveOut: false,
      ...over,
    });

  it('a tutor books four weeks at once; a week that can’t be had is told, and left out when they say so', async () => {
    const pair = await aPair({ who: 'tutor' });
    await booked(pair, '2026-03-16T15:30');
    const refused = await refusal(weekly(pair, 'tutor', '2026-03-09T15:00'));
    expect(refused).toMatchObject({ code: 'invalid_value', field: 'weeks' });
    expect(refused.message).toContain('16 March 2026');
    const { sessionIds } = await weekly(pair, 'tutor', '2026-03-09T15:00', { leaveOut: true });
    const rows = await db
      .selectFrom('session')
      .select(['localDate', 'engagementId'])
      .where('id', 'in', sessionIds)
      .orderBy('startsAt')
      .execute();
    expect(rows.map((row) => row.localDate)).toEqual(['2026-03-09', '2026-03-23', '2026-03-30']);
    expect(new Set(rows.map((row) => row.engagementId))).toEqual(new Set([pair.engagement.id]));
  });

  it('the same form twice books its weeks once', async () => {
    const pair = await aPair({ who: 'tutor' });
    const id = randomUUID();
    await weekly(pair, 'tutor', '2026-03-09T15:00', { id });
    await weekly(pair, 'tutor', '2026-03-09T15:00', { id });
    const rows = await db.selectFrom('session').select('id').where('tutorId', '=', pair.tutor.id).execute();
    expect(rows).toHaveLength(4);
  });

  it('not beyond the horizon or the engagement, and not who may not book', async () => {
    const pair = await aPair({ who: 'tutor' });
    expect(await refusal(weekly(pair, 'tutor', '2026-04-07T15:00', { weeks: 20 }))).toMatchObject({ field: 'weeks' });
    expect(await refusal(weekly(pair, 'tutor', '2026-04-07T15:00', { weeks: 10_000 }))).toMatchObject({ field: 'weeks' });
    expect(await refusal(weekly(pair, 'family', '2026-04-07T15:00'))).toMatchObject({ code: 'forbidden' });
  });
});
