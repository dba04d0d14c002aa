import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { loadAbsence } from '#app/domain/scheduling/absence-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { changeSessions, previewChanges } from '#app/domain/scheduling/change-sessions.server.ts';
import { coverAbsence } from '#app/domain/scheduling/cover-absence.server.ts';
import { requestTimeOff } from '#app/domain/scheduling/request-time-off.server.ts';
import type { ChangeSessionsInput, Choice } from '#app/domain/scheduling/session-changes.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 12 });
const ctx = testContext(db, { now: '2026-03-02T07:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
const organisation = await anOrganisation(db, {
  policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '0' } }),
});
await aRate(db, { amountPerHour: 6000n });
const program = await aProgram(db, { capacity: 1 });

async function aDay(times: readonly string[], { date = '2026-03-02', students }: { date?: string; students?: string[] } = {}) {
  const subject = await aSubject(db);
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  const sessions: { id: string; version: number; studentId: string }[] = [];
  for (const [index, time] of times.entries()) {
    const studentId = students?.[index] ?? (await aStudent(db)).id;
    sessions.push({ id: await book(tutor.id, studentId, `${date}T${time}`, subject.id), version: 1, studentId });
  }
  return { tutor, subject, sessions };
}

async function book(tutorId: string, studentId: string, wallStart: string, subjectId: string): Promise<string> {
  const { sessionId } = await bookSession(db, ctx, actor, {
    tutorId,
    studentIds: [studentId],
    programId: program.id,
    subjectId,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
    silent: true,
  });
  return sessionId;
}

const decide = (sessions: readonly { id: string; version: number }[], choose: (index: number) => Choice) =>
  sessions.map(({ id, version }, index) => ({ sessionId: id, version, choice: choose(index) }));

const input = (decisions: ChangeSessionsInput['decisions'], over: Partial<ChangeSessionsInput> = {}): ChangeSessionsInput => ({
  decisions,
  by: 'tutor',
  reason: 'Ill',
  onFailure: 'rest',
  ...over,
});

const sessionOf = (id: string) =>
  db.selectFrom('session').select(['status', 'tutorId', 'startsAt']).where('id', '=', id).executeTakeFirstOrThrow();
const mails = async () =>
  (await db.selectFrom('mailMessage').select(['template', 'toAddress']).orderBy('toAddress').execute()).map(
    (mail) => `${mail.template} ${mail.toAddress}`,
  );

beforeEach(async () => {
  ctx.setNow('2026-03-02T07:00:00Z');
  await sql`DELETE FROM mail_message`.execute(db);
});

describe('a tutor who is away for a day', () => {
  it('each session goes to a substitute, to another time or is cancelled, and everybody is told once', async () => {
    const client = await aClient(db, { email: 'parent@example.test' });
    const [mia, ben] = await Promise.all([aStudent(db, { clientId: client.id }), aStudent(db, { clientId: client.id })]);
    const third = await aStudent(db);
    const { tutor, subject, sessions } = await aDay(['10:00', '12:00', '14:00'], { students: [mia.id, ben.id, third.id] });
    const substitute = await aTutor(db, { subjectIds: [subject.id] });
    const choices: Choice[] = [
      { kind: 'substitute', tutorId: substitute.id },
      { kind: 'move', wallStart: '2026-03-04T12:00' },
      { kind: 'cancel' },
    ];
    const timeOffId = randomUUID();
    const outcome = await coverAbsence(db, ctx, actor, {
      ...input(decide(sessions, (index) => choices[index] ?? { kind: 'keep' })),
      tutorId: tutor.id,
      from: '2026-03-02',
      to: '2026-03-02',
      timeOffId,
    });
    expect(outcome).toMatchObject({ families: 2, tutors: 2, fees: 0n });
    const [first, second, last] = await Promise.all(sessions.map(({ id }) => sessionOf(id)));
    expect(first).toMatchObject({ status: 'scheduled', tutorId: substitute.id });
    expect(second).toMatchObject({ status: 'scheduled', tutorId: tutor.id, startsAt: new Date('2026-03-04T12:00:00Z') });
    // By the tutor: nothing is charged, however late.
    expect(last?.status).toBe('cancelled');
    const told = await mails();
    expect(told.filter((mail) => mail.endsWith('parent@example.test'))).toEqual(['schedule-changed parent@example.test']);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toContain(`schedule-changed ${tutor.email}`);
    expect(told).toContain(`schedule-changed ${substitute.email}`);
    const off = await db.selectFrom('timeOff').select(['status', 'wallStart']).where('id', '=', timeOffId).execute();
    expect(off).toMatchObject([{ status: 'approved' }]);
  });

  it('doing it again changes nothing and tells nobody', async () => {
    const { tutor, sessions, subject } = await aDay(['10:00', '11:00', '12:00'], { date: '2026-03-09' });
    const substitute = await aTutor(db, { subjectIds: [subject.id] });
    const choices: Choice[] = [
      { kind: 'substitute', tutorId: substitute.id },
      { kind: 'move', wallStart: '2026-03-11T12:00' },
      { kind: 'cancel' },
    ];
    const all = {
      ...input(decide(sessions, (index) => choices[index] ?? { kind: 'keep' })),
      tutorId: tutor.id,
      from: '2026-03-09',
      to: '2026-03-09',
      timeOffId: randomUUID(),
    };
    // A double click, and once more by the back button.
    const [one, other] = await Promise.all([coverAbsence(db, ctx, actor, all), coverAbsence(db, ctx, actor, all)]);
    const states = [one, other].map((outcome) => outcome.results.map((result) => result.state).join());
    expect(states.sort()).toEqual(['already,already,already', 'done,done,done']);
    const before = await mails();
    await coverAbsence(db, ctx, actor, all);
    expect(await mails()).toEqual(before);
    const audits = await db
      .selectFrom('auditLog')
      .select('id')
      .where('subjectId', '=', tutor.id)
      .where('action', '=', 'tutor.absence')
      .execute();
    expect(audits).toHaveLength(1);
  });

  it('somebody took a substitute’s time meanwhile: that one is told of, the rest is done', async () => {
    const { sessions, subject } = await aDay(['10:00', '12:00'], { date: '2026-03-16' });
    const substitute = await aTutor(db, { subjectIds: [subject.id] });
    await book(substitute.id, (await aStudent(db)).id, '2026-03-16T10:00', subject.id);
    const outcome = await changeSessions(
      db,
      ctx,
      actor,
      input(decide(sessions, () => ({ kind: 'substitute', tutorId: substitute.id }))),
    );
    expect(outcome.results.map((result) => result.state)).toEqual(['failed', 'done']);
    expect(outcome.results[0]?.message).toMatch(/already taken/);
    expect(outcome).toMatchObject({ families: 1, tutors: 2 });
  });

  it('or nothing is done at all, if that was asked, and nobody is told', async () => {
    const { tutor, sessions, subject } = await aDay(['10:00', '12:00'], { date: '2026-03-17' });
    const substitute = await aTutor(db, { subjectIds: [subject.id] });
    await book(substitute.id, (await aStudent(db)).id, '2026-03-17T12:00', subject.id);
    await sql`DELETE FROM mail_message`.execute(db);
    const refused = await changeSessions(
      db,
      ctx,
      actor,
      input(
        decide(sessions, () => ({ kind: 'substitute', tutorId: substitute.id })),
        { onFailure: 'nothing' },
      ),
    ).catch((error: unknown) => error);
    expect(refused).toSatisfy((error) => isDomainError(error, 'conflict'));
    for (const { id } of sessions) expect(await sessionOf(id)).toMatchObject({ tutorId: tutor.id, status: 'scheduled' });
    expect(await mails()).toEqual([]);
  });

  it('a session that somebody changed after it was looked at is left alone', async () => {
    const { sessions } = await aDay(['10:00'], { date: '2026-03-18' });
    await db
      .updateTable('session')
      .set({ version: 2 })
      .where('id', '=', sessions[0]?.id ?? '')
      .execute();
    const outcome = await changeSessions(db, ctx, actor, input(decide(sessions, () => ({ kind: 'cancel' }))));
    expect(outcome.results).toMatchObject([{ state: 'failed', message: expect.stringMatching(/changed this session/) }]);
    expect((await sessionOf(sessions[0]?.id ?? '')).status).toBe('scheduled');
  });

  it('ten who cover the same hour with one substitute at once: one is given it, nine are told', async () => {
    const subject = await aSubject(db);
    const substitute = await aTutor(db, { subjectIds: [subject.id] });
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const tutor = await aTutor(db, { subjectIds: [subject.id] });
        return book(tutor.id, (await aStudent(db)).id, '2026-03-19T10:00', subject.id);
      }),
    );
    const outcomes = await Promise.all(
      ids.map((id) =>
        changeSessions(
          db,
          ctx,
          actor,
          input([{ sessionId: id, version: 1, choice: { kind: 'substitute', tutorId: substitute.id } }]),
        ),
      ),
    );
    const states = outcomes.map((outcome) => outcome.results[0]?.state);
    expect(states.filter((state) => state === 'done')).toHaveLength(1);
    expect(states.filter((state) => state === 'failed')).toHaveLength(9);
  });
});

describe('what many changes mean, before they are made', () => {
  it('two late cancellations of families: 60.00 of late fees, to the cent what is charged after; nothing is written before', async () => {
    const { sessions } = await aDay(['18:00', '19:30']);
    const all = input(
      decide(sessions, () => ({ kind: 'cancel' })),
      { by: 'client' },
    );
    const preview = await previewChanges(db, ctx, actor, all);
    expect(preview).toMatchObject({ families: 2, tutors: 1, fees: 6000n, creditsReturned: 0n });
    for (const { id } of sessions) expect((await sessionOf(id)).status).toBe('scheduled');
    expect(await mails()).toEqual([]);
    await changeSessions(db, ctx, actor, all);
    const charged = await db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select('charge.net')
      .where(
        'attendance.sessionId',
        'in',
        sessions.map(({ id }) => id),
      )
      .execute();
    expect(charged.map((charge) => charge.net)).toEqual([3000n, 3000n]);
  });

  it('credits that come back are counted', async () => {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-credits'] });
    const student = await aStudent(db, { clientId: client.id });
    await sellPackage(db, ctx, actor, { clientId: client.id, credits: 500n, price: 0n, purchasedOn: '2026-03-01' });
    const { sessions } = await aDay(['10:00', '12:00'], { date: '2026-03-20', students: [student.id, student.id] });
    const preview = await previewChanges(db, ctx, actor, input(decide(sessions, () => ({ kind: 'cancel' }))));
    expect(preview).toMatchObject({ families: 1, creditsReturned: 200n, fees: 0n });
  });
});

describe('who could step in', () => {
  it('free tutors of the subject, who knows the student first; not who is taken or away', async () => {
    const student = await aStudent(db);
    const { tutor, subject } = await aDay(['15:00'], { date: '2026-03-23', students: [student.id] });
    const [stranger, friend, taken, away] = await Promise.all(
      ['Anna', 'Zoe', 'Tom', 'Al'].map((firstName) => aTutor(db, { firstName, subjectIds: [subject.id] })),
    );
    if (!stranger || !friend || !taken || !away) throw new Error('four tutors');
    await aTutor(db, { firstName: 'Other subject' });
    await book(friend.id, student.id, '2026-03-05T10:00', subject.id);
    await book(taken.id, (await aStudent(db)).id, '2026-03-23T15:30', subject.id);
    const day = { fromDate: '2026-03-23', toDate: '2026-03-23', fromTime: null, toTime: null, reason: '' };
    await requestTimeOff(db, ctx, actor, { ...day, id: randomUUID(), tutorId: away.id }, 'office');
    const { sessions } = await loadAbsence(db, ctx, { tutorId: tutor.id, from: '2026-03-23', to: '2026-03-23' });
    expect(sessions[0]?.substitutes.map((one) => one.tutorId)).toEqual([friend.id, stranger.id]);
    expect(sessions[0]?.substitutes[0]?.together).toBe(1);
    expect(sessions[0]?.suggested).toEqual({ kind: 'substitute', tutorId: friend.id });
  });

  it('the best score first, as for a request, and nobody whom a hard rule of matching keeps out', async () => {
    const student = await aStudent(db);
    const { tutor, subject } = await aDay(['15:00'], { date: '2026-03-25', students: [student.id] });
    const of = { subjectIds: [subject.id] };
    const busy = await aTutor(db, { firstName: 'Anna', ...of, wishedHoursPerWeek: '2' });
    const idle = await aTutor(db, { firstName: 'Zoe', ...of });
    await book(busy.id, (await aStudent(db)).id, '2026-03-26T10:00', subject.id);
    await aTutor(db, { firstName: 'Online only', ...of, teachesInPerson: false });
    await aTutor(db, { firstName: 'Still applying', ...of, status: 'applicant' });
    const out = await aTutor(db, { firstName: 'Ruled out', ...of });
    await db.insertInto('tutorExclusion').values({ studentId: student.id, tutorId: out.id }).execute();
    const { sessions } = await loadAbsence(db, ctx, { tutorId: tutor.id, from: '2026-03-25', to: '2026-03-25' });
    const substitutes = sessions[0]?.substitutes ?? [];
    expect(substitutes.map((one) => one.tutorId)).toEqual([idle.id, busy.id]);
    for (const { score, parts } of substitutes) expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
    expect(substitutes[0]?.parts[0]?.reason).toBe('As wished');
  });

  it('what is suggested for all of them fits together: nobody is suggested twice at a time, every new time is its own', async () => {
    const { tutor, subject, sessions: booked } = await aDay(['10:00', '11:00', '12:00', '13:00'], { date: '2026-03-24' });
    await aTutor(db, { subjectIds: [subject.id], bufferMinutes: 30 });
    const { sessions } = await loadAbsence(db, ctx, { tutorId: tutor.id, from: '2026-03-24', to: '2026-03-24' });
    expect(sessions).toHaveLength(4);
    const versions = new Map(booked.map(({ id, version }) => [id, version]));
    for (const choose of [
      (index: number): Choice => sessions[index]?.suggested ?? { kind: 'keep' },
      (index: number): Choice => ({ kind: 'move', wallStart: sessions[index]?.times[0]?.wallStart ?? '' }),
    ]) {
      const preview = await previewChanges(
        db,
        ctx,
        actor,
        input(
          decide(
            sessions.map(({ id }) => ({ id, version: versions.get(id) ?? 0 })),
            choose,
          ),
        ),
      );
      expect(preview.results.map((result) => result.state)).toEqual(['done', 'done', 'done', 'done']);
    }
  });

  it('another time keeps the time of day, after the absence, where the student is free', async () => {
    const student = await aStudent(db);
    const { tutor, subject } = await aDay(['16:00'], { date: '2026-03-25', students: [student.id] });
    const elsewhere = await aTutor(db, { subjectIds: [subject.id] });
    await book(elsewhere.id, student.id, '2026-03-26T16:00', subject.id);
    const { sessions } = await loadAbsence(db, ctx, { tutorId: tutor.id, from: '2026-03-25', to: '2026-03-25' });
    expect(sessions[0]?.times.slice(0, 3).map((time) => time.wallStart)).toEqual([
      '2026-03-26T15:00',
      '2026-03-27T16:00',
      '2026-03-28T16:00',
    ]);
  });
});
