import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { newToken } from '#app/auth/token.server.ts';
import type { Actor } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { listEnrolments } from '#app/domain/groups/course-queries.server.ts';
import { createCourse } from '#app/domain/groups/create-course.server.ts';
import { enrolInCourse } from '#app/domain/groups/enrol-in-course.server.ts';
import { confirmBooking } from '#app/domain/storefront/confirm-booking.server.ts';
import { listCourseOffers } from '#app/domain/storefront/course-offer.server.ts';
import { holdCourse } from '#app/domain/storefront/hold-course.server.ts';
import { findStorefront } from '#app/domain/storefront/offer-queries.server.ts';
import { anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 25 });
const context = testContext(db);
await anOrganisation(db, { timezone: 'Europe/Dublin' });
const subject = await aSubject(db, { name: 'Coding' });
const program = await aProgram(db, { kind: 'course', capacity: 12, taxPercent: '23' });
const office: Actor = { userId: null, kind: 'system' };
const guestActor: Actor = { userId: null, kind: 'guest' };
const start = '2026-03-02T09:00:00Z';

async function open(confirm: 'at_once' | 'approval' = 'at_once'): Promise<void> {
  const scheduling = { storefront: { enabled: true, confirm, holdMinutes: 10, embedOrigins: [] } };
  await db
    .updateTable('organisation')
    .set({ scheduling: JSON.stringify(scheduling) })
    .execute();
}

async function aCourse(over: { capacity?: number; price?: bigint | null; inStorefront?: boolean } = {}): Promise<string> {
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  const { courseId } = await createCourse(db, context, office, {
    id: randomUUID(),
    name: 'Coding for beginners',
    description: '',
    price: over.price === undefined ? 24_000n : over.price,
    capacity: over.capacity ?? 3,
    enrolUntil: '2026-03-05',
    inStorefront: over.inStorefront ?? true,
    programId: program.id,
    subjectId: subject.id,
    tutorId: tutor.id,
    startsOn: '2026-03-07',
    time: '10:00',
    durationMinutes: 60,
    weekdays: ['SA'],
    occurrences: 4,
    mode: 'in_person',
    roomId: null,
    location: 'Room 4',
  });
  return courseId;
}

let address = 0;
const keep = async (courseId: string) => {
  const token = newToken();
  await holdCourse(db, context, { token, from: `192.0.2.${++address}`, courseId });
  return token;
};
const confirm = (token: string, email: string, priceSeen = 'money 24000 5520') =>
  confirmBooking(db, context, guestActor, {
    token,
    booker: {
      kind: 'guest',
      guest: { name: 'Nora Byrne', email, phone: null, student: 'Finn', grade: '', note: '' },
      timezone: null,
    },
    note: '',
    priceSeen,
  });
const offersOf = async (courseId: string) => {
  const storefront = await findStorefront(db, context);
  return storefront ? listCourseOffers(db, context, storefront, { courseId }) : [];
};

beforeEach(async () => {
  context.setNow(start);
  await open();
});

describe('courses on the booking page', () => {
  it('of 24 guests at once for a course of three places three keep one, 21 are told it is full', async () => {
    const courseId = await aCourse();
    const results = await Promise.allSettled(Array.from({ length: 24 }, () => keep(courseId)));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    for (const result of results.filter((one) => one.status === 'rejected'))
      if (!isDomainError(result.reason, 'conflict')) throw result.reason;
    expect((await offersOf(courseId))[0]?.placesLeft).toBe(0);
    // The office meets the kept places too, until they run out.
    const child = await aStudent(db);
    await expect(enrolInCourse(db, context, office, { courseId, studentId: child.id })).rejects.toMatchObject({
      field: 'studentId',
    });
    context.setNow('2026-03-02T09:11:00Z');
    await expect(enrolInCourse(db, context, office, { courseId, studentId: child.id })).resolves.toBeDefined();
    expect((await offersOf(courseId))[0]?.placesLeft).toBe(2);
  });

  it('a kept place becomes the guest’s in all sessions, sold as a whole, once however often it is sent', async () => {
    const courseId = await aCourse({ capacity: 1 });
    const token = await keep(courseId);
    const results = await Promise.all(Array.from({ length: 6 }, () => confirm(token, 'course@example.org')));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(results[0]).toMatchObject({ kind: 'session', subjectName: 'Coding for beginners', sessions: 4 });
    const [enrolled, ...others] = await listEnrolments(db, courseId);
    expect(enrolled).toMatchObject({ studentName: 'Finn', clientName: 'Nora Byrne', price: 24_000n });
    expect(others).toEqual([]);
    const places = await db
      .selectFrom('attendance')
      .select('id')
      .where('studentId', '=', enrolled?.studentId ?? '')
      .execute();
    expect(places).toHaveLength(4);
    expect(await db.selectFrom('client').select('id').where('email', '=', 'course@example.org').execute()).toHaveLength(1);
    const mails = await db.selectFrom('mailMessage').select('template').where('toAddress', '=', 'course@example.org').execute();
    expect(mails.map(({ template }) => template).sort()).toEqual(['invitation', 'schedule-changed']);
    await expect(keep(courseId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('with approval the guest waits on its list until the office takes them in', async () => {
    await open('approval');
    const courseId = await aCourse();
    const token = await keep(courseId);
    const booked = await confirm(token, 'waits@example.org');
    expect(booked).toMatchObject({ kind: 'request', subjectName: 'Coding for beginners' });
    await expect(confirm(token, 'waits@example.org')).resolves.toEqual(booked);
    expect(await listEnrolments(db, courseId)).toEqual([]);
    expect(await db.selectFrom('waitingList').select(['id', 'status']).execute()).toEqual([{ id: booked.id, status: 'waiting' }]);
  });

  it('one that isn’t marked, has no price anybody can name, or takes nobody in any more is not there', async () => {
    const hidden = await aCourse({ inStorefront: false });
    const unpriced = await aCourse({ price: null });
    const shown = await aCourse();
    expect(await offersOf(hidden)).toEqual([]);
    expect(await offersOf(unpriced)).toEqual([]);
    expect(await offersOf(shown)).toMatchObject([{ price: { kind: 'money', total: 29_520n }, priced: 'whole' }]);
    context.setNow('2026-03-06T09:00:00Z');
    expect(await offersOf(shown)).toEqual([]);
    await expect(keep(shown)).rejects.toMatchObject({ code: 'locked' });
  });

  it('another price in the form books nothing', async () => {
    const courseId = await aCourse();
    const token = await keep(courseId);
    await expect(confirm(token, 'cheap@example.org', 'money 1 0')).rejects.toMatchObject({ code: 'preview_changed' });
    expect(await listEnrolments(db, courseId)).toEqual([]);
  });
});
