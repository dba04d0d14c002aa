import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { addStudent } from '#app/domain/groups/add-student.server.ts';
import { getCourse, listEnrolments } from '#app/domain/groups/course-queries.server.ts';
import { createCourse } from '#app/domain/groups/create-course.server.ts';
import { editCourse } from '#app/domain/groups/edit-course.server.ts';
import { enrolInCourse } from '#app/domain/groups/enrol-in-course.server.ts';
import { joinWaitingList } from '#app/domain/groups/join-waiting-list.server.ts';
import { leaveCourse } from '#app/domain/groups/leave-course.server.ts';
import { takePlace } from '#app/domain/groups/take-place.server.ts';
import { bookAgain } from '#app/domain/scheduling/book-again.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { bookReplacement } from '#app/domain/scheduling/replace-session.server.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { getSeries } from '#app/domain/series/series-rows.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 20 });
const ctx = testContext(db, { now: '2026-03-02T07:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
const organisation = await anOrganisation(db, {
  policies: JSON.stringify({
    completion: 'closeout',
    late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '0' },
  }),
});
await aRate(db, { amountPerHour: 4000n });
const subject = await aSubject(db);
const program = await aProgram(db, { kind: 'course', capacity: 12, taxPercent: '20' });

async function aCourse(over: { price?: bigint | null; capacity?: number; occurrences?: number; enrolUntil?: string } = {}) {
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  const { courseId } = await createCourse(db, ctx, actor, {
    id: randomUUID(),
    name: 'Spring course',
    description: '',
    price: over.price === undefined ? 30_000n : over.price,
    capacity: over.capacity ?? 12,
    enrolUntil: over.enrolUntil ?? null,
    inStorefront: false,
    programId: program.id,
    subjectId: subject.id,
    tutorId: tutor.id,
    startsOn: '2026-03-07',
    time: '10:00',
    durationMinutes: 60,
    weekdays: ['SA'],
    occurrences: over.occurrences ?? 3,
    mode: 'in_person',
    roomId: null,
    location: 'Room 4',
  });
  const course = await getCourse(db, ctx.clock(), courseId);
  const sessions = await db
    .selectFrom('session')
    .select(['id', 'status', 'localDate'])
    .where('seriesId', '=', course.seriesId)
    .orderBy('startsAt')
    .execute();
  return { id: courseId, seriesId: course.seriesId, sessions, tutorId: tutor.id };
}

const enrol = (courseId: string, studentId: string, over: Partial<Parameters<typeof enrolInCourse>[3]> = {}) =>
  enrolInCourse(db, ctx, actor, { courseId, studentId, ...over });
const refusal = async (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
const code = (expected: Parameters<typeof isDomainError>[1]) => (error: unknown) => isDomainError(error, expected);

async function aFamily(billing: 'billing-invoicing' | 'billing-credits' = 'billing-invoicing') {
  const client = await aClient(db, { billingInstallId: organisation.installs[billing] });
  const student = await aStudent(db, { clientId: client.id });
  return { clientId: client.id, studentId: student.id };
}

/** What the next invoice of a family would be, as its lines. */
async function invoiceOf(clientId: string) {
  const preview = await previewInvoiceRun(db, { from: '2026-03-01', to: '2026-05-01' }, ctx.clock());
  const family = preview.families.find((candidate) => candidate.clientId === clientId);
  return family && { lines: family.lines.map((line) => [line.kind, line.description, line.net]), total: family.total };
}

async function taught(sessionId: string, date: string, studentIds: string[]): Promise<void> {
  ctx.setNow(`${date}T12:00:00Z`);
  await submitCloseOut(db, ctx, actor, {
    sessionId,
    actualWallStart: `${date}T10:00`,
    actualMinutes: 60,
    notes: '',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: studentIds.map((studentId) => ({ studentId, outcome: 'attended' as const })),
  });
}

beforeEach(() => ctx.setNow('2026-03-02T07:00:00Z'));

describe('a course sold as a whole', () => {
  it('its sessions are planned before anybody comes, and keep the tutor', async () => {
    const course = await aCourse();
    expect(course.sessions.map((session) => session.status)).toEqual(['scheduled', 'scheduled', 'scheduled']);
  });

  it('a family that is billed by invoice pays 300.00 and 20 % tax once, and nothing per session', async () => {
    const course = await aCourse();
    const { clientId, studentId } = await aFamily();
    const { sessionIds } = await enrol(course.id, studentId);
    expect(sessionIds).toHaveLength(3);
    expect(await invoiceOf(clientId)).toEqual({ lines: [['package', 'Spring course', 30_000n]], total: 36_000n });
    for (const session of course.sessions) await taught(session.id, session.localDate, [studentId]);
    expect(await invoiceOf(clientId)).toEqual({ lines: [['package', 'Spring course', 30_000n]], total: 36_000n });
    const [enrolment] = await listEnrolments(db, course.id);
    expect(enrolment).toMatchObject({ price: 30_000n, creditsLeft: 0n });
  });

  it('a family that is billed by credits pays the course and no credit of their own', async () => {
    const course = await aCourse();
    const { clientId, studentId } = await aFamily('billing-credits');
    await enrol(course.id, studentId);
    expect(await invoiceOf(clientId)).toMatchObject({ lines: [['package', 'Spring course', 30_000n]] });
    const accounts = await db
      .selectFrom('account')
      .select(['code', 'balance'])
      .where('clientId', '=', clientId)
      .where('commodity', '=', 'CREDIT')
      .execute();
    expect(accounts.find((account) => account.code.endsWith(':booked'))?.balance).toBe(300n);
    expect(accounts.filter((account) => account.code.endsWith(':overdraft') && account.balance !== 0n)).toEqual([]);
  });

  it('with minutes as the unit the package holds the minutes of its sessions', async () => {
    const install = organisation.installs['billing-credits'];
    await db
      .updateTable('pluginInstall')
      .set({ settings: JSON.stringify({ unit: 'minutes' }) })
      .where('id', '=', install)
      .execute();
    const course = await aCourse();
    const { studentId } = await aFamily();
    await enrol(course.id, studentId);
    const lot = await db.selectFrom('creditLot').select('credits').where('studentId', '=', studentId).executeTakeFirstOrThrow();
    expect(lot.credits).toBe(18_000n);
    await db
      .updateTable('pluginInstall')
      .set({ settings: JSON.stringify({}) })
      .where('id', '=', install)
      .execute();
  });

  it('who joins after the first of three sessions pays 200.00 by the part that is left, or the whole', async () => {
    const course = await aCourse();
    const [part, whole] = [await aFamily(), await aFamily()];
    ctx.setNow('2026-03-08T07:00:00Z');
    const pro = await enrol(course.id, part.studentId, { price: 'pro_rata' });
    expect(pro).toMatchObject({ price: 20_000n });
    expect(pro.sessionIds).toHaveLength(2);
    expect(await enrol(course.id, whole.studentId)).toMatchObject({ price: 30_000n });
    expect(await invoiceOf(part.clientId)).toMatchObject({ total: 24_000n });
  });

  it('without a price each session is charged by itself', async () => {
    const course = await aCourse({ price: null });
    const { clientId, studentId } = await aFamily();
    await enrol(course.id, studentId);
    expect(await invoiceOf(clientId)).toBeUndefined();
    const [first] = course.sessions;
    await taught(first?.id ?? '', first?.localDate ?? '', [studentId]);
    expect(await invoiceOf(clientId)).toMatchObject({ lines: [['session', expect.any(String), 4000n]] });
  });

  it('a session the tutor cancels gives its credit back to the course’s package', async () => {
    const course = await aCourse();
    const { studentId } = await aFamily();
    await enrol(course.id, studentId);
    await cancelSession(db, ctx, actor, { sessionId: course.sessions[0]?.id ?? '', by: 'tutor', reason: '' });
    expect((await listEnrolments(db, course.id))[0]).toMatchObject({ creditsLeft: 100n });
  });

  it('where no billing by credits is switched on, a course with a price says so and books nothing', async () => {
    const course = await aCourse();
    const { studentId } = await aFamily();
    const install = organisation.installs['billing-credits'];
    await db.updateTable('pluginInstall').set({ state: 'disabled' }).where('id', '=', install).execute();
    const refused = await refusal(enrol(course.id, studentId));
    await db.updateTable('pluginInstall').set({ state: 'enabled' }).where('id', '=', install).execute();
    expect(refused).toSatisfy(code('invalid_value'));
    expect(refused).toMatchObject({ field: 'courseId' });
    expect(await db.selectFrom('attendance').select('id').where('studentId', '=', studentId).execute()).toEqual([]);
  });
});

describe('places in a course', () => {
  it('twenty at once for the last of two places: one has it in every session, nineteen are told it is full', async () => {
    const course = await aCourse({ capacity: 2 });
    await enrol(course.id, (await aFamily()).studentId);
    const families = await Promise.all(Array.from({ length: 20 }, () => aFamily()));
    const results = await Promise.allSettled(families.map(({ studentId }) => enrol(course.id, studentId)));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(lost).toHaveLength(19);
    for (const error of lost) expect(error).toSatisfy(code('invalid_value'));
    for (const { id } of course.sessions) {
      const places = await db.selectFrom('attendance').select('id').where('sessionId', '=', id).execute();
      expect(places).toHaveLength(2);
    }
    const lots = await db
      .selectFrom('creditLot')
      .select('id')
      .where(
        'studentId',
        'in',
        families.map((one) => one.studentId),
      )
      .execute();
    expect(lots).toHaveLength(1);
  });

  it('enrolling twice at once sells it once', async () => {
    const course = await aCourse();
    const { studentId } = await aFamily();
    await Promise.all([enrol(course.id, studentId), enrol(course.id, studentId)]);
    expect(await db.selectFrom('creditLot').select('id').where('studentId', '=', studentId).execute()).toHaveLength(1);
    expect(await listEnrolments(db, course.id)).toHaveLength(1);
  });

  it('a student who has another session in one of its hours is told which, and is in none of it', async () => {
    const course = await aCourse();
    const other = await aCourse();
    const { studentId } = await aFamily();
    await enrol(other.id, studentId);
    const refused = await refusal(enrol(course.id, studentId));
    expect(refused).toSatisfy(code('student_conflict'));
    expect((refused as { details: { sessions: unknown[] } }).details.sessions).toHaveLength(3);
    expect(await listEnrolments(db, course.id)).toEqual([]);
  });

  it('after the last day to enrol the office may still take somebody in, a family not', async () => {
    const course = await aCourse({ enrolUntil: '2026-03-01' });
    const { studentId } = await aFamily();
    expect(await refusal(enrol(course.id, studentId, { by: 'storefront' }))).toSatisfy(code('locked'));
    expect((await enrol(course.id, studentId)).sessionIds).toHaveLength(3);
  });

  it('who leaves frees every place still to come; the package stays theirs, and the next on the list takes the place', async () => {
    const course = await aCourse({ capacity: 1 });
    const [gone, next] = [await aFamily(), await aFamily()];
    const { enrolmentId } = await enrol(course.id, gone.studentId);
    const { id } = await joinWaitingList(db, ctx, actor, { seriesId: course.seriesId, studentId: next.studentId });
    expect(await refusal(takePlace(db, ctx, actor, { waitingId: id }))).toSatisfy(code('invalid_value'));
    const leave = { enrolmentId, by: 'client', reason: 'Moves away' } as const;
    expect(await leaveCourse(db, ctx, actor, leave)).toEqual({ freed: 3 });
    expect(await leaveCourse(db, ctx, actor, leave)).toEqual({ freed: 0 });
    // Nobody is in it, and it takes place all the same: the tutor is kept for who comes next.
    const sessions = await db.selectFrom('session').select('status').where('seriesId', '=', course.seriesId).execute();
    expect(sessions.map((session) => session.status)).toEqual(['scheduled', 'scheduled', 'scheduled']);
    await takePlace(db, ctx, actor, { waitingId: id });
    const enrolments = await listEnrolments(db, course.id);
    expect(enrolments.map((one) => [one.studentId, one.leftAt !== null, one.creditsLeft])).toEqual([
      [next.studentId, false, 0n],
      [gone.studentId, true, 300n],
    ]);
  });

  it('a course can’t be made smaller than who is in it; made larger, its sessions take more', async () => {
    const course = await aCourse({ capacity: 1 });
    await enrol(course.id, (await aFamily()).studentId);
    const { version } = await getCourse(db, ctx.clock(), course.id);
    const fields = { name: 'Spring course', description: '', price: 30_000n, enrolUntil: null, inStorefront: false };
    const larger = editCourse(db, ctx, actor, { ...fields, id: course.id, version, capacity: 2 });
    await larger;
    await enrol(course.id, (await aFamily()).studentId);
    const smaller = await refusal(editCourse(db, ctx, actor, { ...fields, id: course.id, version: version + 1, capacity: 1 }));
    expect(smaller).toMatchObject({ field: 'capacity' });
  });
});

describe('a session of a sold course that takes place at another time', () => {
  const owed = { lines: [['package', 'Spring course', 30_000n]], total: 36_000n };

  /** A course of three, sold, whose first session the tutor cancels. */
  async function oneOwed() {
    const course = await aCourse();
    const family = await aFamily();
    const { enrolmentId } = await enrol(course.id, family.studentId);
    await cancelSession(db, ctx, actor, { sessionId: course.sessions[0]?.id ?? '', by: 'tutor', reason: '' });
    return { course, ...family, enrolmentId };
  }
  const left = async (courseId: string) => (await listEnrolments(db, courseId))[0]?.creditsLeft;

  it('is made up for by one more week of the course, out of what was paid', async () => {
    const { course, clientId, studentId } = await oneOwed();
    const { version } = await getSeries(db, course.seriesId);
    await editSeries(db, ctx, actor, {
      seriesId: course.seriesId,
      version,
      editId: randomUUID(),
      scope: 'all',
      from: '2026-03-14',
      change: { end: { untilOn: '2026-03-28', occurrences: null } },
    });
    const sessions = await db
      .selectFrom('session')
      .select(['id', 'localDate'])
      .where('seriesId', '=', course.seriesId)
      .where('status', '=', 'scheduled')
      .orderBy('localDate')
      .execute();
    expect(sessions.map((session) => session.localDate)).toEqual(['2026-03-14', '2026-03-21', '2026-03-28']);
    for (const session of sessions) await taught(session.id, session.localDate, [studentId]);
    expect(await invoiceOf(clientId)).toEqual(owed);
    expect(await left(course.id)).toBe(0n);
  });

  it('booked again in its place it is out of what was paid; booked once more it is not', async () => {
    const { course, clientId, studentId } = await oneOwed();
    const [first] = course.sessions;
    const again = (wallStart: string) => ({
      replaces: first?.id ?? '',
      tutorId: course.tutorId,
      studentIds: [studentId],
      programId: program.id,
      subjectId: subject.id,
      wallStart,
      durationMinutes: 60,
      mode: 'in_person' as const,
      billable: true,
    });
    const { sessionId } = await bookReplacement(db, ctx, actor, again('2026-03-09T10:00'));
    await taught(sessionId, '2026-03-09', [studentId]);
    expect(await invoiceOf(clientId)).toEqual(owed);
    expect(await left(course.id)).toBe(0n);
    ctx.setNow('2026-03-09T15:00:00Z');
    const extra = await bookReplacement(db, ctx, actor, again('2026-03-10T10:00'));
    await taught(extra.sessionId, '2026-03-10', [studentId]);
    expect((await invoiceOf(clientId))?.lines).toEqual([
      ['package', 'Spring course', 30_000n],
      ['session', expect.any(String), 4000n],
    ]);
  });

  it('copied on the board it is out of what was paid', async () => {
    const { course, clientId, studentId } = await oneOwed();
    const copy = { id: randomUUID(), sessionId: course.sessions[0]?.id ?? '', tutorId: course.tutorId };
    const { sessionIds } = await bookAgain(db, ctx, actor, {
      copies: [{ ...copy, wallStart: '2026-03-09T10:00', durationMinutes: 60 }],
    });
    await taught(sessionIds[0] ?? '', '2026-03-09', [studentId]);
    expect(await invoiceOf(clientId)).toEqual(owed);
  });

  it('moved alone because its family asked for it, it is out of what was paid, and told once', async () => {
    const course = await aCourse();
    const [asks, stays] = [await aFamily(), await aFamily()];
    await enrol(course.id, asks.studentId);
    await enrol(course.id, stays.studentId);
    const sessionId = course.sessions[0]?.id ?? '';
    const { id } = await db
      .insertInto('bookingRequest')
      .values({
        kind: 'move',
        source: 'family',
        routedTo: 'office',
        clientId: asks.clientId,
        studentId: asks.studentId,
        programId: program.id,
        subjectId: subject.id,
        tutorId: course.tutorId,
        sessionId,
        startsAt: '2026-03-09T10:00:00Z',
        wallStart: '2026-03-09T10:00',
        zone: 'Europe/Dublin',
        durationMinutes: 60,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const mails = async () => (await db.selectFrom('mailMessage').select('id').execute()).length;
    const before = await mails();
    const accepted = await decideBookingRequest(db, ctx, actor, { requestId: id, decision: { kind: 'accept' } });
    // The family and the tutor, once each.
    expect((await mails()) - before).toBe(2);
    await taught(accepted.sessionId ?? '', '2026-03-09', [asks.studentId]);
    expect(await invoiceOf(asks.clientId)).toEqual(owed);
  });

  it('who left and comes back pays no second time for what is still theirs', async () => {
    const course = await aCourse();
    const { clientId, studentId } = await aFamily();
    const { enrolmentId } = await enrol(course.id, studentId);
    await leaveCourse(db, ctx, actor, { enrolmentId, by: 'office', reason: 'By mistake' });
    const back = await enrol(course.id, studentId);
    expect(back.sessionIds).toHaveLength(3);
    for (const session of course.sessions) await taught(session.id, session.localDate, [studentId]);
    expect(await invoiceOf(clientId)).toEqual(owed);
  });

  it('who had a single place in it before pays for that one no second time', async () => {
    const course = await aCourse();
    const { clientId, studentId } = await aFamily();
    await addStudent(db, ctx, actor, { sessionId: course.sessions[0]?.id ?? '', studentId, scope: 'one' });
    await enrol(course.id, studentId);
    for (const session of course.sessions) await taught(session.id, session.localDate, [studentId]);
    expect(await invoiceOf(clientId)).toEqual(owed);
  });
});
