import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { addStudent } from '#app/domain/groups/add-student.server.ts';
import { joinWaitingList } from '#app/domain/groups/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/domain/groups/leave-waiting-list.server.ts';
import { movePlace } from '#app/domain/groups/move-place.server.ts';
import { offerPlace } from '#app/domain/groups/offer-place.server.ts';
import { takePlace } from '#app/domain/groups/take-place.server.ts';
import { listPlaceable, listWaiting } from '#app/domain/groups/waiting-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { findSessionLinks } from '#app/domain/scheduling/replacement-queries.server.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 20 });
const ctx = testContext(db, { now: '2026-03-02T07:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
await anOrganisation(db, {
  policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '0' } }),
});
await aRate(db, { amountPerHour: 4000n });
const subject = await aSubject(db);
const program = await aProgram(db, { kind: 'group', capacity: 3 });
let day = 8;

const students = async (n: number) => (await Promise.all(Array.from({ length: n }, () => aStudent(db)))).map((one) => one.id);

async function aGroup(
  studentIds: readonly string[],
  over: { at?: string; tutorId?: string; capacity?: number; roomId?: string } = {},
): Promise<{ id: string; tutorId: string; at: string }> {
  day += 1;
  const at = over.at ?? `2026-03-${String(day).padStart(2, '0')}T10:00`;
  const tutorId = over.tutorId ?? (await aTutor(db, { subjectIds: [subject.id] })).id;
  const { sessionId } = await bookSession(db, ctx, actor, {
    tutorId,
    studentIds: [...studentIds],
    programId: program.id,
    subjectId: subject.id,
    wallStart: at,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
    silent: true,
    ...(over.capacity ? { capacity: over.capacity } : {}),
    ...(over.roomId ? { roomId: over.roomId } : {}),
  });
  return { id: sessionId, tutorId, at };
}

const refusal = async (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
const code = (expected: Parameters<typeof isDomainError>[1]) => (error: unknown) => isDomainError(error, expected);
const cancel = (sessionId: string, studentIds?: string[], by: 'client' | 'office' = 'office') =>
  cancelSession(db, ctx, actor, { sessionId, by, reason: '', ...(studentIds ? { studentIds } : {}) });
const add = (sessionId: string, studentId: string, scope: 'one' | 'future' = 'one') =>
  addStudent(db, ctx, actor, { sessionId, studentId, scope });
const statusOf = async (id: string) =>
  (await db.selectFrom('session').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;
const sitting = async (id: string) =>
  (
    await db
      .selectFrom('attendance')
      .select('studentId')
      .where('sessionId', '=', id)
      .where('outcome', '=', 'planned')
      .orderBy('studentId')
      .execute()
  ).map((row) => row.studentId);
const chargesOf = (sessionId: string) =>
  db
    .selectFrom('charge')
    .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
    .select(['charge.net', 'attendance.studentId'])
    .where('attendance.sessionId', '=', sessionId)
    .execute();

beforeEach(() => ctx.setNow('2026-03-02T07:00:00Z'));

describe('places in a group', () => {
  it('twenty at once for the last place: one has it, nineteen are told it is full', async () => {
    const [one, two, ...others] = await students(22);
    const group = await aGroup([one ?? '', two ?? '']);
    const results = await Promise.allSettled(others.map((studentId) => add(group.id, studentId)));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(lost).toHaveLength(19);
    for (const error of lost) expect(error).toSatisfy(code('invalid_value'));
    expect(await sitting(group.id)).toHaveLength(3);
  });

  it('the first two to join an empty group make one session', async () => {
    const [gone, one, two] = await students(3);
    const group = await aGroup([gone ?? '']);
    await cancel(group.id, [gone ?? '']);
    expect(await statusOf(group.id)).toBe('cancelled');
    await Promise.all([add(group.id, one ?? ''), add(group.id, two ?? '')]);
    expect(await statusOf(group.id)).toBe('scheduled');
    expect(await sitting(group.id)).toEqual([one, two].sort());
    const all = await db.selectFrom('session').select('id').where('tutorId', '=', group.tutorId).execute();
    expect(all).toHaveLength(1);
    // The tutor is taken again, once.
    const other = await refusal(aGroup(await students(1), { tutorId: group.tutorId, at: group.at }));
    expect(other).toSatisfy(code('tutor_conflict'));
  });

  it('one that the office called off as a whole is joined by nobody', async () => {
    const [one, two] = await students(2);
    const group = await aGroup([one ?? '']);
    await cancel(group.id);
    expect(await refusal(add(group.id, two ?? ''))).toSatisfy(code('locked'));
  });

  it('a session’s own number and its room’s seats hold before the program’s', async () => {
    const [one, two, three] = await students(3);
    const small = await aGroup([one ?? ''], { capacity: 1 });
    expect(await refusal(add(small.id, two ?? ''))).toSatisfy(code('invalid_value'));
    const room = await db.insertInto('room').values({ name: 'Attic', capacity: 2 }).returning('id').executeTakeFirstOrThrow();
    const [four, five] = await students(2);
    const attic = await aGroup([three ?? '', four ?? ''], { roomId: room.id });
    const full = await refusal(add(attic.id, five ?? ''));
    expect(full).toSatisfy(code('invalid_value'));
    expect(full).toMatchObject({ message: expect.stringContaining('Attic') });
  });

  it('a student who has another session then is not added, and told what it is', async () => {
    const [one, busy] = await students(2);
    const elsewhere = await aGroup([busy ?? '']);
    const group = await aGroup([one ?? ''], { at: elsewhere.at.replace('T10:00', 'T10:30') });
    const refused = await refusal(add(group.id, busy ?? ''));
    expect(refused).toSatisfy(code('student_conflict'));
    expect(refused).toMatchObject({ details: { sessions: [{ id: elsewhere.id }] } });
  });

  it('two groups can’t share a room at once', async () => {
    const room = await db.insertInto('room').values({ name: 'Cellar' }).returning('id').executeTakeFirstOrThrow();
    const first = await aGroup(await students(2), { roomId: room.id });
    const second = await refusal(aGroup(await students(2), { roomId: room.id, at: first.at.replace('T10:00', 'T10:45') }));
    expect(second).toSatisfy(code('room_conflict'));
    const after = await aGroup(await students(2), { roomId: room.id, at: first.at.replace('T10:00', 'T11:00') });
    expect(await statusOf(after.id)).toBe('scheduled');
  });

  it('adding twice is one place, and the family is told once', async () => {
    const client = await aClient(db, { email: 'twice@example.test' });
    const student = await aStudent(db, { clientId: client.id });
    const group = await aGroup(await students(1));
    await Promise.all([add(group.id, student.id), add(group.id, student.id)]);
    expect(await sitting(group.id)).toHaveLength(2);
    const mails = await db.selectFrom('mailMessage').select('id').where('toAddress', '=', 'twice@example.test').execute();
    expect(mails).toHaveLength(1);
  });

  it('added to a series from one session on, they are in all later ones and in none before', async () => {
    const [one, late] = await students(2);
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const { sessionIds, seriesId } = await createSeries(db, ctx, actor, {
      tutorId: tutor.id,
      studentIds: [one ?? ''],
      programId: program.id,
      subjectId: subject.id,
      rrule: 'FREQ=WEEKLY',
      startsOn: '2026-04-07',
      time: '16:00',
      durationMinutes: 60,
      mode: 'in_person',
      location: 'Room 4',
      billable: true,
      occurrences: 4,
      silent: true,
    });
    await add(sessionIds[1] ?? '', late ?? '', 'future');
    const counts = await Promise.all(sessionIds.map(async (id) => (await sitting(id)).length));
    expect(counts).toEqual([1, 2, 2, 2]);
    const member = await db
      .selectFrom('seriesStudent')
      .select(['fromOn', 'toOn'])
      .where('seriesId', '=', seriesId)
      .where('studentId', '=', late ?? '')
      .execute();
    expect(member).toEqual([{ fromOn: '2026-04-14', toOn: null }]);
  });
});

describe('one student alone', () => {
  it('cancelled late alone pays their own half, to the cent; the others and the tutor stay', async () => {
    const [one, two] = await students(2);
    const group = await aGroup([one ?? '', two ?? ''], { at: '2026-03-02T12:00' });
    await cancel(group.id, [one ?? ''], 'client');
    expect(await chargesOf(group.id)).toEqual([{ net: 2000n, studentId: one }]);
    expect(await statusOf(group.id)).toBe('scheduled');
    expect(await sitting(group.id)).toEqual([two]);
  });

  it('moved alone in time: free of charge, both sessions lead to each other, the rest is untouched', async () => {
    const [one, two, there] = await students(3);
    const from = await aGroup([one ?? '', two ?? '']);
    const to = await aGroup([there ?? '']);
    const move = { sessionId: from.id, studentId: one ?? '', toSessionId: to.id, by: 'client', reason: '' } as const;
    await movePlace(db, ctx, actor, move);
    await movePlace(db, ctx, actor, move);
    expect(await sitting(from.id)).toEqual([two]);
    expect(await sitting(to.id)).toEqual([one, there].sort());
    expect(await chargesOf(from.id)).toEqual([]);
    expect((await findSessionLinks(db, from.id)).replacedBy).toMatchObject([{ id: to.id, studentIds: [one] }]);
    expect((await findSessionLinks(db, to.id)).replaces).toMatchObject([{ id: from.id, studentIds: [one] }]);
    expect(await statusOf(from.id)).toBe('scheduled');
  });

  it('moved alone late by the family: the late fee of the old place stays', async () => {
    const [one, two, there] = await students(3);
    const from = await aGroup([one ?? '', two ?? ''], { at: '2026-03-02T14:00' });
    const to = await aGroup([there ?? '']);
    await movePlace(db, ctx, actor, { sessionId: from.id, studentId: one ?? '', toSessionId: to.id, by: 'client', reason: '' });
    expect(await chargesOf(from.id)).toEqual([{ net: 2000n, studentId: one }]);
  });

  it('not into a full session: nothing of the old place is cancelled then', async () => {
    const [one, two, ...full] = await students(5);
    const from = await aGroup([one ?? '', two ?? '']);
    const to = await aGroup(full);
    const refused = await refusal(
      movePlace(db, ctx, actor, { sessionId: from.id, studentId: one ?? '', toSessionId: to.id, by: 'office', reason: '' }),
    );
    expect(refused).toSatisfy(code('invalid_value'));
    expect(await sitting(from.id)).toHaveLength(2);
  });
});

describe('the waiting list', () => {
  it('goes by who joined first, once each; a freed place is seen by the office, offered by mail and taken', async () => {
    const client = await aClient(db, { email: 'waits@example.test' });
    const [first] = [await aStudent(db, { clientId: client.id })];
    const [one, two, three, second] = await students(4);
    const group = await aGroup([one ?? '', two ?? '', three ?? '']);
    const { id } = await joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: first.id });
    ctx.setNow('2026-03-02T07:05:00Z');
    await joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: second ?? '' });
    expect((await joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: first.id })).id).toBe(id);
    const waiting = await listWaiting(db, ctx.clock(), { sessionId: group.id });
    expect(waiting.map((entry) => entry.studentId)).toEqual([first.id, second]);
    expect(await refusal(offerPlace(db, ctx, actor, { waitingId: id }))).toSatisfy(code('invalid_value'));
    expect((await listPlaceable(db, ctx.clock())).map((entry) => entry.id)).not.toContain(id);

    await cancel(group.id, [one ?? '']);
    expect((await listPlaceable(db, ctx.clock())).map((entry) => entry.id)).toContain(id);
    await offerPlace(db, ctx, actor, { waitingId: id });
    await offerPlace(db, ctx, actor, { waitingId: id });
    const mails = await db
      .selectFrom('mailMessage')
      .select(['template', 'data'])
      .where('toAddress', '=', 'waits@example.test')
      .execute();
    expect(mails).toMatchObject([{ template: 'place-offered', data: { link: expect.stringContaining(`/family/places/${id}`) } }]);

    await takePlace(db, ctx, actor, { waitingId: id, by: 'family' });
    expect(await sitting(group.id)).toContain(first.id);
    expect((await listWaiting(db, ctx.clock(), { sessionId: group.id })).map((entry) => entry.studentId)).toEqual([second]);
  });

  it('a family takes only what was offered; two offers for one place: one has it, the other is told it is full', async () => {
    const [one, two, three, a, b] = await students(5);
    const group = await aGroup([one ?? '', two ?? '', three ?? '']);
    const [first, second] = await Promise.all(
      [a, b].map((studentId) => joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: studentId ?? '' })),
    );
    if (!first || !second) throw new Error('two wait');
    await cancel(group.id, [one ?? '']);
    expect(await refusal(takePlace(db, ctx, actor, { waitingId: first.id, by: 'family' }))).toSatisfy(code('conflict'));
    for (const { id } of [first, second]) await offerPlace(db, ctx, actor, { waitingId: id });
    const both = await Promise.allSettled(
      [first, second].map(({ id }) => takePlace(db, ctx, actor, { waitingId: id, by: 'family' })),
    );
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await sitting(group.id)).toHaveLength(3);
  });

  it('who leaves the list is not placed any more, and whoever has a place doesn’t wait', async () => {
    const [one, two, three, four] = await students(4);
    const group = await aGroup([one ?? '', two ?? '', three ?? '']);
    const has = await refusal(joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: one ?? '' }));
    expect(has).toSatisfy(code('already_done'));
    const { id } = await joinWaitingList(db, ctx, actor, { sessionId: group.id, studentId: four ?? '' });
    await leaveWaitingList(db, actor, { waitingId: id });
    await leaveWaitingList(db, actor, { waitingId: id });
    expect(await refusal(takePlace(db, ctx, actor, { waitingId: id }))).toSatisfy(code('conflict'));
  });
});
