import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerProposal } from '#app/domain/booking-requests/answer-proposal.server.ts';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import type { OwnPlanner } from '#app/domain/booking-requests/planner.server.ts';
import { getBookingRequest, listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { withdrawBookingRequest } from '#app/domain/booking-requests/withdraw-booking-request.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
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
await anOrganisation(db, { email: 'office@harbour.test', meeting: 'meeting-jitsi' });
await aRate(db);
const maths = await aSubject(db, { name: 'Maths' });
const one = await aProgram(db, { name: 'One-to-one' });
const group = await aProgram(db, { name: 'Group', kind: 'group', capacity: 4 });
const system = { userId: null, kind: 'system' } as const;

beforeEach(() => ctx.setNow(MONDAY));

async function aFamily(name: string) {
  const user = await aUser(db, { name, roles: ['client'] });
  const client = await aClient(db, { name, userId: user.id, email: user.email });
  const student = await aStudent(db, { clientId: client.id, firstName: name });
  const planner: OwnPlanner = { by: 'family', clientIds: [client.id], studentIds: [student.id] };
  return { user, client, student, planner, actor: { userId: user.id, kind: 'user' as const } };
}

async function aTeacher(rules: object = {}) {
  const user = await aUser(db, { roles: ['tutor'] });
  const tutor = await aTutor(db, {
    userId: user.id,
    email: user.email,
    subjectIds: [maths.id],
    schedulingOverrides: JSON.stringify(rules),
  });
  const planner: OwnPlanner = { by: 'tutor', tutorId: tutor.id };
  return { user, tutor, planner, actor: { userId: user.id, kind: 'user' as const } };
}
type Family = Awaited<ReturnType<typeof aFamily>>;
type Teacher = Awaited<ReturnType<typeof aTeacher>>;

const engage = ({ tutor }: Teacher, { student }: Family, over: object = {}) =>
  anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: one.id, subjectId: maths.id }, over);

const at = (wallStart: string) => ({ wallStart, zone: ZONE, durationMinutes: 60 });

async function askNew(teacher: Teacher, family: Family, wallStart: string) {
  const engagement = await engage(teacher, family);
  const { requestId } = await askForSession(db, ctx, family.actor, family.planner, {
    kind: 'new',
    engagementId: engagement.id,
    mode: 'online',
    ...at(wallStart),
  });
  return requestId;
}

async function booked(teacher: Teacher, families: Family[], wallStart: string, programId = one.id) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: teacher.tutor.id,
    studentIds: families.map((family) => family.student.id),
    programId,
    subjectId: maths.id,
    ...at(wallStart),
    mode: 'in_person',
    location: 'Room 1',
    billable: true,
  });
  return sessionId;
}

const accept = (requestId: string, over: object = {}) =>
  decideBookingRequest(db, ctx, system, { requestId, decision: { kind: 'accept', ...over } });

const mailsTo = async (address: string | null) =>
  (
    await db
      .selectFrom('mailMessage')
      .select(['template', 'data'])
      .where('toAddress', '=', address ?? '')
      .where('template', '=', 'booking-request')
      .orderBy('createdAt')
      .execute()
  ).map((mail) => (mail.data as { event: string }).event);

const placesOf = (sessionId: string) =>
  db.selectFrom('attendance').select(['studentId', 'outcome', 'replacedById']).where('sessionId', '=', sessionId).execute();

describe('asking for a session', () => {
  it('takes nobody’s time, says what it will cost, and tells whoever answers once', async () => {
    const [teacher, family] = [await aTeacher(), await aFamily('Ada')];
    const engagement = await engage(teacher, family);
    const id = randomUUID();
    const ask = () =>
      askForSession(db, ctx, family.actor, family.planner, {
        id,
        kind: 'new',
        engagementId: engagement.id,
        mode: 'online',
        note: 'Before the exam',
        ...at('2026-03-10T15:00'),
      });
    const before = (await mailsTo('office@harbour.test')).length;
    expect(await Promise.all([ask(), ask()])).toEqual([{ requestId: id }, { requestId: id }]);
    const request = await getBookingRequest(db, id);
    expect(request).toMatchObject({ status: 'open', routedTo: 'office', feeSaid: 6000n, source: 'family', takenNow: null });
    expect((await mailsTo('office@harbour.test')).length).toBe(before + 1);
    expect(await db.selectFrom('sessionResource').selectAll().where('resourceId', '=', teacher.tutor.id).execute()).toEqual([]);
    await expect(
      askForSession(db, ctx, family.actor, family.planner, {
        kind: 'new',
        engagementId: engagement.id,
        mode: 'online',
        ...at('2026-03-10T15:00'),
      }),
    ).rejects.toMatchObject({ code: 'already_done' });
  });

  it('goes to the tutor where the rules say so, and to the office where the tutor doesn’t sign in', async () => {
    const family = await aFamily('Ben');
    const teacher = await aTeacher({ requestsTo: 'tutor' });
    const requestId = await askNew(teacher, family, '2026-03-10T15:00');
    expect((await getBookingRequest(db, requestId)).routedTo).toBe('tutor');
    expect(await mailsTo(teacher.user.email)).toEqual(['asked']);
    await db.updateTable('tutor').set({ userId: null }).where('id', '=', teacher.tutor.id).execute();
    const other = await askNew(teacher, await aFamily('Cleo'), '2026-03-11T15:00');
    expect((await getBookingRequest(db, other)).routedTo).toBe('office');
  });

  it('a time that is taken, gone, skipped or off the grid is refused, without naming whose it is', async () => {
    const [teacher, family, other] = [await aTeacher(), await aFamily('Dora'), await aFamily('Zoltan')];
    await booked(teacher, [other], '2026-03-12T15:00');
    const engagement = await engage(teacher, family);
    const ask = async (wallStart: string) => {
      const error = await askForSession(db, ctx, family.actor, family.planner, {
        kind: 'new',
        engagementId: engagement.id,
        mode: 'online',
        ...at(wallStart),
      }).catch((refusal: unknown) => refusal);
      if (!isDomainError(error)) throw new Error('was not refused', { cause: error });
      return error;
    };
    const taken = await ask('2026-03-12T15:30');
    expect(taken).toMatchObject({ code: 'tutor_conflict', field: 'wallStart' });
    expect(JSON.stringify([taken.message, taken.details])).not.toContain('Zoltan');
    expect(await ask('2026-03-01T15:30')).toMatchObject({ code: 'invalid_value', field: 'wallStart' });
    expect(await ask('2026-03-29T01:15')).toMatchObject({ code: 'nonexistent_time' });
    expect(await ask('2026-03-13T15:07')).toMatchObject({ code: 'off_grid' });
  });

  it('not with an engagement or for a session of others, nor where families may not even ask', async () => {
    const [teacher, family, stranger] = [await aTeacher(), await aFamily('Eve'), await aFamily('Mallory')];
    const engagement = await engage(teacher, family);
    const sessionId = await booked(teacher, [family], '2026-03-13T15:00');
    const input = { kind: 'new', engagementId: engagement.id, mode: 'online', ...at('2026-03-14T15:00') } as const;
    await expect(askForSession(db, ctx, stranger.actor, stranger.planner, input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(askForSession(db, ctx, stranger.actor, stranger.planner, { kind: 'cancel', sessionId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const other = await aTeacher();
    await expect(askForSession(db, ctx, other.actor, other.planner, input)).rejects.toMatchObject({ code: 'not_found' });
    await db
      .updateTable('tutor')
      .set({ schedulingOverrides: JSON.stringify({ family: { request: false } }) })
      .where('id', '=', teacher.tutor.id)
      .execute();
    await expect(askForSession(db, ctx, family.actor, family.planner, input)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('answering', () => {
  it('of two pending requests for one slot one can be confirmed, and the other answer is told why (cal.com 10789)', async () => {
    const teacher = await aTeacher();
    const [first, second] = [await aFamily('Fay'), await aFamily('Gus')];
    const requests = [await askNew(teacher, first, '2026-03-16T15:00'), await askNew(teacher, second, '2026-03-16T15:00')];
    const answers = await Promise.allSettled(requests.map((requestId) => accept(requestId)));
    const [won] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [lost] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(lost).toMatchObject({ code: 'tutor_conflict' });
    expect(lost.details.sessions.map((session: { id: string }) => session.id)).toEqual([won?.sessionId]);
    const states = await Promise.all(requests.map((id) => getBookingRequest(db, id)));
    expect(states.map((state) => state.status).sort()).toEqual(['accepted', 'open']);
    expect(states.find((state) => state.status === 'open')?.takenNow).toBe('tutor');
  });

  it('accepting twice books once', async () => {
    const requestId = await askNew(await aTeacher(), await aFamily('Hal'), '2026-03-16T15:00');
    const answers = await Promise.all([accept(requestId), accept(requestId), accept(requestId)]);
    expect(new Set(answers.map((answer) => answer.sessionId)).size).toBe(1);
    const session = await db
      .selectFrom('session')
      .selectAll()
      .where('id', '=', answers[0]?.sessionId ?? '')
      .executeTakeFirstOrThrow();
    expect(session.engagementId).not.toBe(null);
    expect((await getBookingRequest(db, requestId)).resultSessionId).toBe(session.id);
  });

  it('the office may give it another tutor and another time', async () => {
    const [teacher, other, family] = [await aTeacher(), await aTeacher(), await aFamily('Ida')];
    const requestId = await askNew(teacher, family, '2026-03-16T15:00');
    const { sessionId } = await accept(requestId, { tutorId: other.tutor.id, wallStart: '2026-03-16T17:00' });
    const session = await db
      .selectFrom('session')
      .selectAll()
      .where('id', '=', sessionId ?? '')
      .executeTakeFirstOrThrow();
    expect(session).toMatchObject({ tutorId: other.tutor.id, startsAt: new Date('2026-03-16T17:00:00Z') });
  });

  it('a declined request says why, and is declined once', async () => {
    const family = await aFamily('Jan');
    const requestId = await askNew(await aTeacher(), family, '2026-03-16T15:00');
    const decline = () =>
      decideBookingRequest(db, ctx, system, { requestId, decision: { kind: 'decline', reason: 'We are full that week' } });
    await decline();
    await expect(decline()).rejects.toMatchObject({ code: 'already_done' });
    await expect(accept(requestId)).rejects.toMatchObject({ code: 'already_done' });
    expect(await mailsTo(family.user.email)).toEqual(['declined']);
    expect(await getBookingRequest(db, requestId)).toMatchObject({ status: 'declined', answer: 'We are full that week' });
  });

  it('an answer given meanwhile is told, not overwritten', async () => {
    const requestId = await askNew(await aTeacher(), await aFamily('Kim'), '2026-03-16T15:00');
    await decideBookingRequest(db, ctx, system, {
      requestId,
      version: 1,
      decision: { kind: 'propose', times: [at('2026-03-17T15:00')] },
    });
    await expect(
      decideBookingRequest(db, ctx, system, { requestId, version: 1, decision: { kind: 'decline', reason: 'No' } }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('a tutor answers what was routed to them, and nothing else; and passes on what they can’t', async () => {
    const [teacher, other, family] = [await aTeacher({ requestsTo: 'tutor' }), await aTeacher(), await aFamily('Lea')];
    const requestId = await askNew(teacher, family, '2026-03-16T15:00');
    const decide = (who: Teacher, decision: Parameters<typeof decideBookingRequest>[3]['decision']) =>
      decideBookingRequest(db, ctx, who.actor, { requestId, decision }, { by: 'tutor', tutorId: who.tutor.id });
    await expect(decide(other, { kind: 'accept' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide(teacher, { kind: 'accept', tutorId: other.tutor.id })).rejects.toMatchObject({ code: 'forbidden' });
    await decide(teacher, { kind: 'pass_on', note: 'I am away' });
    expect(await getBookingRequest(db, requestId)).toMatchObject({ routedTo: 'office', status: 'open' });
    await expect(decide(teacher, { kind: 'accept' })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await accept(requestId)).sessionId).not.toBe(null);
  });
});

it('of an engagement that ended meanwhile a tutor takes no request on; the office still may', async () => {
  const [teacher, family] = [await aTeacher({ requestsTo: 'tutor' }), await aFamily('Ida')];
  const requestId = await askNew(teacher, family, '2026-03-17T15:00');
  await db.updateTable('engagement').set({ endsOn: '2026-03-10' }).where('tutorId', '=', teacher.tutor.id).execute();
  const byTutor = decideBookingRequest(
    db,
    ctx,
    teacher.actor,
    { requestId, decision: { kind: 'accept' } },
    { by: 'tutor', tutorId: teacher.tutor.id },
  );
  await expect(byTutor).rejects.toMatchObject({ code: 'forbidden' });
  expect((await accept(requestId)).sessionId).not.toBe(null);
});

describe('other times', () => {
  it('are offered, one is taken and booked, and taking it twice books once', async () => {
    const [teacher, family] = [await aTeacher(), await aFamily('Mia')];
    const requestId = await askNew(teacher, family, '2026-03-16T15:00');
    const times = [at('2026-03-17T15:00'), at('2026-03-18T15:00')];
    await decideBookingRequest(db, ctx, system, { requestId, decision: { kind: 'propose', times, note: 'One of these?' } });
    expect(await mailsTo(family.user.email)).toEqual(['proposed']);
    const { proposals } = await getBookingRequest(db, requestId);
    const take = { startsAt: proposals[1]?.startsAt ?? '', tutorId: teacher.tutor.id };
    const answers = await Promise.all(
      [1, 2].map(() => answerProposal(db, ctx, family.actor, family.planner, { requestId, take })),
    );
    expect(new Set(answers.map((answer) => answer.sessionId)).size).toBe(1);
    const session = await db
      .selectFrom('session')
      .select('startsAt')
      .where('id', '=', answers[0]?.sessionId ?? '')
      .executeTakeFirstOrThrow();
    expect(session.startsAt).toEqual(new Date('2026-03-18T15:00:00Z'));
  });

  it('are no longer there when somebody else was faster, and the rest stays offered', async () => {
    const [teacher, family, other] = [await aTeacher(), await aFamily('Nia'), await aFamily('Oto')];
    const requestId = await askNew(teacher, family, '2026-03-16T15:00');
    const times = [at('2026-03-17T15:00'), at('2026-03-18T15:00')];
    await decideBookingRequest(db, ctx, system, { requestId, decision: { kind: 'propose', times } });
    await booked(teacher, [other], '2026-03-17T15:00');
    const take = (startsAt: string) =>
      answerProposal(db, ctx, family.actor, family.planner, { requestId, take: { startsAt, tutorId: teacher.tutor.id } });
    await expect(take('2026-03-17T15:00:00Z')).rejects.toMatchObject({ code: 'tutor_conflict' });
    await expect(take('2026-03-19T15:00:00Z')).rejects.toMatchObject({ code: 'invalid_value', field: 'take' });
    await expect(take('2026-03-18T15:00:00Z')).resolves.toMatchObject({ sessionId: expect.any(String) });
  });

  it('that can’t be booked are refused by name; when none suits, it is open again', async () => {
    const [teacher, family, other] = [await aTeacher(), await aFamily('Pia'), await aFamily('Quin')];
    const requestId = await askNew(teacher, family, '2026-03-16T15:00');
    await booked(teacher, [other], '2026-03-17T15:00');
    const propose = (times: ReturnType<typeof at>[]) =>
      decideBookingRequest(db, ctx, system, { requestId, decision: { kind: 'propose', times } });
    await expect(propose([at('2026-03-18T15:00'), at('2026-03-17T15:15')])).rejects.toMatchObject({ field: 'times.1' });
    await propose([at('2026-03-18T15:00')]);
    const stranger = await aFamily('Rex');
    const refuse = (who: Family) =>
      answerProposal(db, ctx, who.actor, who.planner, { requestId, take: null, note: 'Fridays only' });
    await expect(refuse(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await refuse(family);
    expect(await getBookingRequest(db, requestId)).toMatchObject({ status: 'open', proposals: [], note: 'Fridays only' });
  });
});

describe('another time for a session', () => {
  it('moves it when it is accepted, without a fee', async () => {
    const [teacher, family] = [await aTeacher(), await aFamily('Sol')];
    const sessionId = await booked(teacher, [family], '2026-03-20T15:00');
    const { requestId } = await askForSession(db, ctx, family.actor, family.planner, {
      kind: 'move',
      sessionId,
      ...at('2026-03-21T10:00'),
    });
    expect(await accept(requestId)).toEqual({ sessionId });
    const session = await db
      .selectFrom('session')
      .select(['startsAt', 'status'])
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    expect(session).toEqual({ startsAt: new Date('2026-03-21T10:00:00Z'), status: 'scheduled' });
    expect(await placesOf(sessionId)).toMatchObject([{ outcome: 'planned' }]);
  });

  it('of a group takes that student alone to a session of their own; the others stay', async () => {
    const [teacher, family, other] = [await aTeacher(), await aFamily('Tia'), await aFamily('Una')];
    const sessionId = await booked(teacher, [family, other], '2026-03-23T15:00', group.id);
    const { requestId } = await askForSession(db, ctx, family.actor, family.planner, {
      kind: 'move',
      sessionId,
      ...at('2026-03-24T15:00'),
    });
    const { sessionId: replacementId } = await accept(requestId);
    const places = await placesOf(sessionId);
    expect(places.find((place) => place.studentId === family.student.id)).toMatchObject({
      outcome: 'cancelled',
      replacedById: replacementId,
    });
    expect(places.find((place) => place.studentId === other.student.id)).toMatchObject({ outcome: 'planned' });
    expect(await placesOf(replacementId ?? '')).toMatchObject([{ studentId: family.student.id, outcome: 'planned' }]);
  });

  it('is asked for once, and can be withdrawn', async () => {
    const [teacher, family] = [await aTeacher(), await aFamily('Vic')];
    const sessionId = await booked(teacher, [family], '2026-03-25T15:00');
    const ask = () =>
      askForSession(db, ctx, family.actor, family.planner, { kind: 'move', sessionId, ...at('2026-03-26T15:00') });
    const { requestId } = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'already_done' });
    await withdrawBookingRequest(db, ctx, family.actor, family.planner, { requestId });
    await withdrawBookingRequest(db, ctx, family.actor, family.planner, { requestId });
    await expect(accept(requestId)).rejects.toMatchObject({ code: 'already_done' });
    await expect(ask()).resolves.toBeDefined();
  });

  it('is refused by name when the session was cancelled meanwhile', async () => {
    const [teacher, family] = [await aTeacher(), await aFamily('Wim')];
    const sessionId = await booked(teacher, [family], '2026-03-27T15:00');
    const { requestId } = await askForSession(db, ctx, family.actor, family.planner, {
      kind: 'move',
      sessionId,
      ...at('2026-03-28T15:00'),
    });
    await cancelSession(db, ctx, system, { sessionId, by: 'office', reason: '' });
    await expect(accept(requestId)).rejects.toMatchObject({ code: 'locked' });
  });
});

it('a cancellation that was asked for in time has no fee, however late it is accepted', async () => {
  const [teacher, family] = [await aTeacher({ family: { cancel: false } }), await aFamily('Xia')];
  await db
    .updateTable('organisation')
    .set({
      policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '50' } }),
    })
    .execute();
  const [early, late] = [
    await booked(teacher, [family], '2026-03-04T15:00'),
    await booked(teacher, [family], '2026-03-03T08:00'),
  ];
  const ask = (sessionId: string) => askForSession(db, ctx, family.actor, family.planner, { kind: 'cancel', sessionId });
  const [inTime, tooLate] = [await ask(early), await ask(late)];
  const requests = await listBookingRequests(db, { ids: [inTime.requestId, tooLate.requestId] });
  // What it will cost was said when they asked.
  expect(requests.map((request) => [request.id, request.feeSaid])).toEqual(
    expect.arrayContaining([
      [inTime.requestId, null],
      [tooLate.requestId, 3000n],
    ]),
  );
  await db
    .updateTable('bookingRequest')
    .set({ createdAt: new Date(MONDAY) })
    .where('clientId', '=', family.client.id)
    .execute();
  ctx.setNow('2026-03-04T14:00:00Z');
  await accept(inTime.requestId);
  await accept(tooLate.requestId);
  expect(await placesOf(early)).toMatchObject([{ outcome: 'cancelled' }]);
  expect(await placesOf(late)).toMatchObject([{ outcome: 'late_cancel' }]);
});
