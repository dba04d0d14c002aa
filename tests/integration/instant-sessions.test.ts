import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { readUser } from '#app/auth/find-user.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { listFeedEvents } from '#app/domain/feeds/feed-events.server.ts';
import { startInstantSchema } from '#app/domain/instant/instant.schema.ts';
import { previewInstant } from '#app/domain/instant/preview-instant.server.ts';
import { startInstantSession } from '#app/domain/instant/start-instant-session.server.ts';
import { makeRoomNow } from '#app/domain/meetings/make-room-now.server.ts';
import { saveMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { acceptInvitation } from '#app/domain/people/accept-invitation.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
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
const NOW = '2026-03-02T14:07:33.400Z';
const ctx = testContext(db, { now: NOW });
const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
const program = await aProgram(db, { durations: [30, 60] });
const algebra = await aSubject(db, { name: 'Algebra' });
await aRate(db);
const office = { userId: null, kind: 'system' } as const;

let tutorUser: Awaited<ReturnType<typeof aUser>>;
let tutor: Awaited<ReturnType<typeof aTutor>>;
let mia: Awaited<ReturnType<typeof aStudent>>;

beforeEach(async () => {
  ctx.setNow(NOW);
  await saveMeetingRules(db, office, { tutors_start_now: true, tutors_invite: true, instant_credits: 'flag' });
  tutorUser = await aUser(db, { roles: ['tutor'] });
  tutor = await aTutor(db, { userId: tutorUser.id, bufferMinutes: 10, subjectIds: [algebra.id], email: tutorUser.email });
  mia = await aStudent(db, { firstName: 'Mia' });
  await anEngagement(db, { tutorId: tutor.id, studentId: mia.id, programId: program.id, subjectId: algebra.id });
});

const ana = () => ({ userId: tutorUser.id, kind: 'user' }) as const;
const input = (over: Record<string, unknown> = {}) =>
  startInstantSchema.parse({
    id: randomUUID(),
    tutorId: tutor.id,
    studentId: mia.id,
    programId: program.id,
    subjectId: algebra.id,
    durationMinutes: 60,
    billable: 'yes',
    title: '',
    description: '',
    ...over,
  });
const start = (over: Record<string, unknown> = {}) => startInstantSession(db, ctx, ana(), 'tutor', input(over));
const refused = async (over: Record<string, unknown> = {}) => {
  const error = await start(over).catch((reason: unknown) => reason);
  if (!isDomainError(error)) throw new Error('was not refused');
  return error;
};
const mailsOf = (sessionId: string) =>
  db
    .selectFrom('mailMessage')
    .select(['template', 'toAddress', 'data'])
    .where('sessionId', '=', sessionId)
    .orderBy('toAddress')
    .execute();
const booked = (over: { wallStart: string; studentId?: string; tutorId?: string }) =>
  bookSession(db, ctx, office, {
    ...{ tutorId: over.tutorId ?? tutor.id, studentIds: [over.studentId ?? mia.id], programId: program.id },
    ...{ subjectId: algebra.id, wallStart: over.wallStart, durationMinutes: 60, mode: 'online', billable: true },
  });

describe('an instant session', () => {
  test('begins at this second, with its room on the way, on everybody’s dashboard and calendar at once', async () => {
    const { sessionId } = await start({ title: 'Before the exam', description: 'Bring the paper' });
    const session = await db.selectFrom('session').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow();
    expect(session).toMatchObject({
      ...{ instant: true, status: 'scheduled', title: 'Before the exam', description: 'Bring the paper', mode: 'online' },
      ...{ startsAt: new Date('2026-03-02T14:07:33Z'), endsAt: new Date('2026-03-02T15:07:33Z') },
    });
    expect(session.engagementId).not.toBeNull();
    expect(await makeRoomNow(ctx, { sessionId })).toBe('ready');
    const family = await listSessions(db, { clientIds: [mia.clientId], endsAfter: ctx.clock(), statuses: ['scheduled'] });
    expect(family.map((row) => [row.id, row.meetingState])).toEqual([[sessionId, 'ready']]);
    const reader = await readUser(db, tutorUser.id, '');
    const window = {
      from: new Date('2026-03-02'),
      to: new Date('2026-03-03'),
      now: ctx.clock(),
      company: 'H',
      origin: 'https://l.test',
    };
    const feed = reader ? await listFeedEvents(db, reader, 'tutor', window) : [];
    expect(feed.map((event) => [event.startsAt, event.state])).toEqual([[session.startsAt, 'CONFIRMED']]);
  });

  test('is one, however often Start is pressed', async () => {
    const same = input();
    const twice = await Promise.all([1, 2].map(() => startInstantSession(db, ctx, ana(), 'tutor', same)));
    expect(new Set(twice.map((one) => one.sessionId)).size).toBe(1);
    expect(await startInstantSession(db, ctx, ana(), 'tutor', same)).toEqual(twice[0]);
    expect(await mailsOf(same.id)).toHaveLength(1);
  });

  test('needs neither notice nor the grid nor hours, and one of the configured lengths', async () => {
    await db.insertInto('availabilityRule').values({ tutorId: tutor.id, weekday: 5, startMinute: 600, endMinute: 700 }).execute();
    await expect(refused({ durationMinutes: 35 })).resolves.toMatchObject({ field: 'durationMinutes' });
    await expect(start()).resolves.toMatchObject({ sessionId: expect.any(String) });
  });

  test('is not a tutor’s with a student who is not matched to them, nor where the office alone starts', async () => {
    const stranger = await aStudent(db);
    await expect(refused({ studentId: stranger.id })).resolves.toMatchObject({ code: 'not_found', field: 'studentId' });
    await saveMeetingRules(db, office, { tutors_start_now: false });
    await expect(refused()).resolves.toMatchObject({ code: 'forbidden' });
    const bySomebody = await startInstantSession(db, ctx, office, 'office', input());
    expect((await mailsOf(bySomebody.sessionId)).map((mail) => mail.toAddress)).toContain(tutorUser.email);
  });
});

describe('somebody’s time in the way', () => {
  test('a tutor within a session is told which, the earliest start and the lengths that fit then', async () => {
    const { sessionId } = await booked({ wallStart: '2026-03-02T14:00' });
    const other = await aStudent(db);
    await anEngagement(db, { tutorId: tutor.id, studentId: other.id, programId: program.id, subjectId: algebra.id });
    const error = await refused({ studentId: other.id });
    expect(error).toMatchObject({ code: 'tutor_conflict', details: { sessions: [expect.objectContaining({ id: sessionId })] } });
    expect(error.details).toMatchObject({
      fit: { now: [], next: { startsAt: new Date('2026-03-02T15:10:00Z'), durations: [30, 60] } },
    });
  });

  test('before the next session the shorter length is offered, buffer and all', async () => {
    await booked({ wallStart: '2026-03-02T15:00', studentId: (await aStudent(db)).id });
    const error = await refused();
    expect(error).toMatchObject({ code: 'tutor_conflict', details: { fit: { now: [30] } } });
    await expect(start({ durationMinutes: 30 })).resolves.toMatchObject({ sessionId: expect.any(String) });
  });

  test('a student in another session is waited for, without a word of whom it is with', async () => {
    const another = await aTutor(db, { bufferMinutes: 0 });
    await booked({ wallStart: '2026-03-02T13:30', tutorId: another.id });
    const error = await refused();
    expect(error).toMatchObject({
      code: 'student_conflict',
      details: { sessions: [], fit: { next: { startsAt: new Date('2026-03-02T14:30:00Z') } } },
    });
  });
});

describe('credits', () => {
  beforeEach(async () => {
    await db
      .updateTable('client')
      .set({ billingInstallId: organisation.installs['billing-credits'] })
      .where('id', '=', mia.clientId)
      .execute();
  });

  test('too few are flagged or refused as the company has it, and not asked for where it is not billed', async () => {
    await saveMeetingRules(db, office, { instant_credits: 'refuse' });
    await expect(refused()).resolves.toMatchObject({ code: 'insufficient_credits' });
    await expect(start({ billable: 'no' })).resolves.toMatchObject({ sessionId: expect.any(String) });
  });

  test('below zero is a flag for the office', async () => {
    const { sessionId } = await start();
    const place = await db.selectFrom('attendance').select('flag').where('sessionId', '=', sessionId).executeTakeFirst();
    expect(place?.flag).toMatch(/below zero/);
  });

  test('what is left, and what each choice means, is said before', async () => {
    const { billed, unbilled, fit } = await previewInstant(db, ctx, 'tutor', input());
    expect(billed).toMatchObject({ credits: 100n, creditsAvailable: 0n, note: expect.stringContaining('1.00 credits') });
    expect(unbilled).toMatchObject({ credits: null, note: expect.stringContaining('not billable') });
    expect(fit.now).toEqual([30, 60]);
    const stranger = await aStudent(db);
    await expect(previewInstant(db, ctx, 'tutor', input({ studentId: stranger.id }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the family', () => {
  test('who signs in gets the way into the room; who has no account gets one by following it, once', async () => {
    const parent = await aUser(db, { roles: ['client'] });
    await db.insertInto('userPassword').values({ userId: parent.id, hash: 'x' }).execute();
    const client = await aClient(db, { userId: parent.id, email: parent.email });
    const student = await aStudent(db, { clientId: client.id, email: 'noor@example.test' });
    await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: program.id, subjectId: algebra.id });
    const { sessionId } = await start({ studentId: student.id });
    const mails = await mailsOf(sessionId);
    const linkTo = (address: string) =>
      (mails.find((mail) => mail.toAddress === address)?.data as { link?: string } | undefined)?.link ?? '';
    expect(linkTo(parent.email)).toBe(`${ctx.config.origin}/sessions/${sessionId}/join`);
    const invitation = new URL(linkTo('noor@example.test'));
    expect(invitation.searchParams.get('to')).toBe(`/sessions/${sessionId}/join`);
    const token = invitation.pathname.replace('/invite/', '');
    const { userId } = await acceptInvitation(db, ctx, { token, name: 'Noor', password: 'three quiet fields' });
    const linked = await db.selectFrom('student').select('userId').where('id', '=', student.id).executeTakeFirst();
    expect(linked?.userId).toBe(userId);
    await expect(acceptInvitation(db, ctx, { token, name: 'Noor', password: 'three quiet fields' })).rejects.toMatchObject({
      code: 'already_done',
    });
  });
});

test('somebody invited at another address keeps that account: the session starts, with the plain link', async () => {
  const invited = await aUser(db, { roles: ['client'] });
  await db
    .updateTable('client')
    .set({ userId: invited.id, email: 'moved@example.test' })
    .where('id', '=', mia.clientId)
    .execute();
  const { sessionId } = await start();
  expect((await mailsOf(sessionId)).map((mail) => [mail.template, mail.toAddress])).toEqual([
    ['session-started', 'moved@example.test'],
  ]);
});

describe('somebody new', () => {
  const invite = (email: string) => ({ studentId: '', invite: { name: 'Kim Okafor', email } });

  test('is on record with their session, matched to the tutor, and invited on the way into the room', async () => {
    const { sessionId } = await start(invite('kim@example.test'));
    const place = await db
      .selectFrom('attendance')
      .innerJoin('client', 'client.id', 'attendance.clientId')
      .innerJoin('engagement', 'engagement.studentId', 'attendance.studentId')
      .select(['client.email', 'client.userId', 'engagement.tutorId'])
      .where('sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    expect(place).toMatchObject({ email: 'kim@example.test', userId: expect.any(String), tutorId: tutor.id });
    const mails = await mailsOf(sessionId);
    expect(mails.map((mail) => [mail.template, mail.toAddress])).toEqual([['session-started-invited', 'kim@example.test']]);
  });

  test('with a known address is told and not doubled, to a tutor without the names of strangers', async () => {
    await db.updateTable('student').set({ email: 'mia@example.test' }).where('id', '=', mia.id).execute();
    await aStudent(db, { firstName: 'Secret', email: 'secret@example.test' });
    await expect(refused(invite('MIA@example.test'))).resolves.toMatchObject({
      ...{ code: 'duplicate_reference', field: 'invite.email', message: expect.stringContaining('Mia') },
    });
    const stranger = await refused(invite('secret@example.test'));
    expect(stranger.code).toBe('duplicate_reference');
    expect(stranger.message).not.toContain('Secret');
  });

  test('leaves no record behind when the session is refused', async () => {
    await booked({ wallStart: '2026-03-02T14:00', studentId: (await aStudent(db)).id });
    await expect(refused(invite('late@example.test'))).resolves.toMatchObject({ code: 'tutor_conflict' });
    expect(await db.selectFrom('client').select('id').where('email', '=', 'late@example.test').execute()).toEqual([]);
  });

  test('is the office’s to invite where the company has it so', async () => {
    await saveMeetingRules(db, office, { tutors_invite: false });
    await expect(refused(invite('nobody@example.test'))).resolves.toMatchObject({ code: 'forbidden', field: 'invite.email' });
  });
});

test('a room that can’t be had at once is refused by name, and the usual one gives way to one that can', async () => {
  const place = organisation.installs['meeting-in-person'];
  await expect(refused({ meetingInstallId: place })).resolves.toMatchObject({ field: 'meetingInstallId' });
  await db.updateTable('organisation').set({ meetingInstallId: place }).execute();
  const { sessionId } = await start();
  const meeting = await db.selectFrom('meeting').select('installId').where('sessionId', '=', sessionId).executeTakeFirst();
  expect(meeting?.installId).not.toBe(place);
});
