import { beforeEach, describe, expect, it } from 'vitest';
import { newToken } from '#app/auth/token.server.ts';
import type { Actor } from '#app/context.ts';
import { decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import { type ConfirmBookingInput, confirmBooking } from '#app/domain/storefront/confirm-booking.server.ts';
import { listFreeWeek } from '#app/domain/storefront/free-times.server.ts';
import { findHold } from '#app/domain/storefront/hold-queries.server.ts';
import { holdSlot } from '#app/domain/storefront/hold-slot.server.ts';
import { findStorefront, readOffer } from '#app/domain/storefront/offer-queries.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 25 });
const context = testContext(db);
const organisation = await anOrganisation(db, {
  timezone: 'Europe/Dublin',
  meeting: 'meeting-jitsi',
  billing: 'billing-invoicing',
});
const subject = await aSubject(db, { name: 'Mathematics' });
const program = await aProgram(db, { inStorefront: true, taxPercent: '23' });
const unpriced = await aProgram(db, { inStorefront: true, name: 'Unpriced' });
await aRate(db, { programId: program.id, amountPerHour: 5000n });
const office: Actor = { userId: null, kind: 'system' };
const guestActor: Actor = { userId: null, kind: 'guest' };
const start = '2026-03-02T09:00:00Z';

const guest = { name: 'Nora Byrne', email: 'nora@example.org', phone: null, student: 'Finn Byrne', grade: '5', note: '' };
const plan = {
  programId: program.id,
  subjectId: subject.id,
  durationMinutes: 60,
  mode: 'online',
  zone: 'Europe/Dublin',
} as const;

async function open(storefront: Record<string, unknown> = {}): Promise<void> {
  const scheduling = { storefront: { enabled: true, confirm: 'at_once', holdMinutes: 10, embedOrigins: [], ...storefront } };
  await db
    .updateTable('organisation')
    .set({ scheduling: JSON.stringify(scheduling) })
    .execute();
}

const listedTutor = () => aTutor(db, { subjectIds: [subject.id], inStorefront: true });
let address = 0;
async function keep(tutorId: string, wallStart = '2026-03-10T15:00') {
  const token = newToken();
  await holdSlot(db, context, { token, from: `192.0.2.${++address}`, tutorId, plan: { ...plan, wallStart } });
  return token;
}
const confirm = (token: string, over: Partial<ConfirmBookingInput> = {}) =>
  confirmBooking(db, context, guestActor, {
    token,
    booker: { kind: 'guest', guest, timezone: null },
    note: '',
    priceSeen: 'money 5000 1150',
    ...over,
  });
const mailsTo = (email: string) =>
  db.selectFrom('mailMessage').select(['template', 'data']).where('toAddress', '=', email).orderBy('id').execute();
const sessionsOf = (tutorId: string) => db.selectFrom('session').selectAll().where('tutorId', '=', tutorId).execute();

beforeEach(async () => {
  context.setNow(start);
  await open();
  await db.deleteFrom('mailMessage').execute();
});

describe('what the booking page offers', () => {
  it('lists what is marked and has a price; the office is told what keeps the rest away', async () => {
    const tutor = await listedTutor();
    const unlisted = await aTutor(db, { subjectIds: [subject.id] });
    const dormant = await aTutor(db, { subjectIds: [subject.id], inStorefront: true, status: 'dormant' });
    const mute = await aTutor(db, { subjectIds: [], inStorefront: true, firstName: 'Mute', lastName: 'Tutor' });
    const storefront = await findStorefront(db, context);
    expect(storefront?.programs.map(({ id }) => id)).toEqual([program.id]);
    const tutors = storefront?.programs[0]?.subjects[0]?.tutors.map(({ id }) => id);
    expect(tutors).toContain(tutor.id);
    expect(tutors).not.toContain(unlisted.id);
    expect(tutors).not.toContain(dormant.id);
    expect(tutors).not.toContain(mute.id);
    const { gaps } = await readOffer(db, context);
    expect(gaps).toContainEqual({ what: 'program_without_rate', names: ['Unpriced'] });
    expect(gaps).toContainEqual({ what: 'tutor_without_subject', names: ['Mute Tutor'] });
  });

  it('what has no price is on request where the office looks at each booking, and is never booked for nothing', async () => {
    const tutor = await listedTutor();
    await open({ confirm: 'approval' });
    const storefront = await findStorefront(db, context);
    expect(storefront?.programs.map(({ id }) => id).sort()).toEqual([program.id, unpriced.id].sort());
    const token = newToken();
    const free = { ...plan, programId: unpriced.id, wallStart: '2026-03-10T15:00' };
    await holdSlot(db, context, { token, from: '192.0.2.240', tutorId: tutor.id, plan: free });
    await expect(confirm(token, { priceSeen: 'on_request' })).resolves.toMatchObject({ kind: 'request' });
    expect(await sessionsOf(tutor.id)).toEqual([]);
  });

  it('is closed until the company opens it', async () => {
    await open({ enabled: false });
    expect(await findStorefront(db, context)).toBeUndefined();
    const token = await keep((await listedTutor()).id);
    await expect(confirm(token)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the times it lists', () => {
  const week = (tutorIds: string[], exceptHoldId?: string) =>
    listFreeWeek(db, context, {
      ...plan,
      tutorIds,
      zone: 'Europe/Dublin',
      from: '2026-03-10',
      horizonDays: 90,
      exceptHoldId,
    });
  const startsOn = async (...args: Parameters<typeof week>) =>
    (await week(...args)).days[0]?.slots.map(({ wallStart }) => wallStart.slice(11)) ?? [];

  it('leave out what is booked and what is kept for another, and show a guest their own', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    const first = { kind: 'guest', guest: { ...guest, email: 'first@example.org' }, timezone: null } as const;
    await confirm(await keep(tutor.id, '2026-03-10T10:00'), { booker: first });
    const others = await startsOn([tutor.id]);
    expect(others).toEqual(expect.arrayContaining(['09:00', '11:00', '14:00', '16:00']));
    for (const taken of ['09:15', '10:00', '10:45', '14:15', '15:00', '15:45']) expect(others).not.toContain(taken);
    const hold = await findHold(db, token, context.clock());
    expect(await startsOn([tutor.id], hold?.id)).toEqual(expect.arrayContaining(['14:15', '15:00', '15:45']));
    context.setNow('2026-03-02T09:10:00Z');
    expect(await startsOn([tutor.id])).toContain('15:00');
  });

  it('of several tutors free at once name one, and a day is the reader’s', async () => {
    const tutors = [await listedTutor(), await listedTutor()];
    const ids = tutors.map(({ id }) => id);
    const both = await startsOn(ids);
    expect(both).toHaveLength(new Set(both).size);
    const far = await listFreeWeek(db, context, {
      ...plan,
      tutorIds: ids,
      zone: 'Asia/Tokyo',
      from: '2026-03-10',
      horizonDays: 90,
    });
    expect(far.days[0]?.slots[0]?.wallStart).toBe('2026-03-09T15:00');
  });
});

describe('a guest books', () => {
  it('at once: the held time becomes a session of a new client and student, and an invitation to the account follows', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    const booked = await confirm(token, { note: 'Fractions, please' });
    expect(booked).toMatchObject({ kind: 'session', tutorName: expect.any(String), subjectName: 'Mathematics' });
    expect(await findHold(db, token, context.clock())).toBeUndefined();
    const [session] = await sessionsOf(tutor.id);
    expect(session).toMatchObject({ id: booked.id, status: 'scheduled', billable: true, description: 'Fractions, please' });
    const [place] = await db
      .selectFrom('attendance')
      .innerJoin('student', 'student.id', 'attendance.studentId')
      .innerJoin('client', 'client.id', 'attendance.clientId')
      .select([
        'student.firstName',
        'student.grade',
        'client.name',
        'client.source',
        'client.userId',
        'attendance.billingInstallId',
      ])
      .where('sessionId', '=', booked.id)
      .execute();
    expect(place).toMatchObject({
      firstName: 'Finn',
      grade: '5',
      name: 'Nora Byrne',
      source: 'storefront',
      userId: expect.any(String),
      billingInstallId: organisation.installs['billing-invoicing'],
    });
    expect((await mailsTo(guest.email)).map((mail) => mail.template).sort()).toEqual(['invitation', 'session-confirmed']);
    const log = await db.selectFrom('auditLog').select(['action', 'actorKind']).where('sessionId', '=', booked.id).execute();
    expect(log).toEqual([{ action: 'session.book', actorKind: 'guest' }]);
  });

  it('sent again, by a double click or from the page before, it books once', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    const email = 'twice@example.org';
    const send = () => confirm(token, { booker: { kind: 'guest', guest: { ...guest, email }, timezone: null } });
    const results = await Promise.all(Array.from({ length: 8 }, send));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    await expect(send()).resolves.toMatchObject({ id: results[0]?.id });
    expect(await sessionsOf(tutor.id)).toHaveLength(1);
    expect(await db.selectFrom('client').select('id').where('email', '=', email).execute()).toHaveLength(1);
  });

  it('with approval: it is asked for, takes nobody’s time, and a mail says so', async () => {
    await open({ confirm: 'approval' });
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    const email = 'asks@example.org';
    const booked = await confirm(token, { booker: { kind: 'guest', guest: { ...guest, email }, timezone: null } });
    expect(booked.kind).toBe('request');
    const request = await db.selectFrom('bookingRequest').selectAll().where('id', '=', booked.id).executeTakeFirst();
    expect(request).toMatchObject({ kind: 'new', source: 'storefront', status: 'open', tutorId: tutor.id, feeSaid: 5000n });
    await expect(keep(tutor.id, '2026-03-10T15:15')).resolves.toBeDefined();
    expect((await mailsTo(email)).map((mail) => mail.template)).toEqual(['booking-received']);
    await db.deleteFrom('hold').execute();
    // Accepted, it is a session, and the account comes with it.
    const { sessionId } = await decideBookingRequest(db, context, office, { requestId: booked.id, decision: { kind: 'accept' } });
    expect((await sessionsOf(tutor.id)).map(({ id }) => id)).toEqual([sessionId]);
    const mails = (await mailsTo(email)).map((mail) => mail.template).sort();
    expect(mails).toEqual(['booking-received', 'invitation', 'session-confirmed']);
  });

  it('a time that ran out is not booked, one that another took meanwhile neither', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    context.setNow('2026-03-02T09:11:00Z');
    await expect(confirm(token)).rejects.toMatchObject({ code: 'hold_expired' });
    const other = await keep(tutor.id);
    await expect(confirm(other)).resolves.toMatchObject({ kind: 'session' });
    await expect(confirm(token)).rejects.toMatchObject({ code: 'hold_expired' });
    expect(await sessionsOf(tutor.id)).toHaveLength(1);
  });

  it('the price is the company’s: another one in the form books nothing and is told', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    await expect(confirm(token, { priceSeen: 'money 1 0' })).rejects.toMatchObject({ code: 'preview_changed' });
    expect(await sessionsOf(tutor.id)).toEqual([]);
    await expect(confirm(token)).resolves.toBeDefined();
  });

  it('a tutor who was taken off the page meanwhile is named, and nothing is booked', async () => {
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    await db.updateTable('tutor').set({ inStorefront: false }).where('id', '=', tutor.id).execute();
    await expect(confirm(token)).rejects.toMatchObject({ code: 'unknown_reference', field: 'tutorId' });
  });
});

describe('an address that is known here', () => {
  it('books beside the account, never on it; only the mail to the address says so', async () => {
    const user = await aUser(db, { email: 'hannah@example.org', roles: ['client'] });
    const client = await aClient(db, { email: 'hannah@example.org', userId: user.id });
    await aStudent(db, { clientId: client.id });
    const tutor = await listedTutor();
    const asStranger = { kind: 'guest', guest: { ...guest, email: 'hannah@example.org' }, timezone: null } as const;
    const known = await confirm(await keep(tutor.id), { booker: asStranger });
    const asNew = { ...asStranger, guest: { ...guest, email: 'somebody.new@example.org' } };
    const fresh = await confirm(await keep(tutor.id, '2026-03-11T15:00'), { booker: asNew });
    expect(Object.keys(known)).toEqual(Object.keys(fresh));
    expect({ ...known, id: '', startsAt: 0, endsAt: 0 }).toEqual({ ...fresh, id: '', startsAt: 0, endsAt: 0 });

    const touched = await db
      .selectFrom('attendance')
      .select('clientId')
      .where('sessionId', 'in', [known.id, fresh.id])
      .where('clientId', '=', client.id)
      .execute();
    expect(touched).toEqual([]);
    const link = await db.selectFrom('client').select('id').where('userId', '=', user.id).execute();
    expect(link).toEqual([{ id: client.id }]);
    const [toKnown, toNew] = await Promise.all([mailsTo('hannah@example.org'), mailsTo('somebody.new@example.org')]);
    expect(toKnown.map((mail) => mail.template).sort()).toEqual(['booking-received', 'session-confirmed']);
    expect(toNew.map((mail) => mail.template).sort()).toEqual(['invitation', 'session-confirmed']);
  });
});

describe('a signed-in family books', () => {
  it('for its own child, on its own account; another family’s child is refused', async () => {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-invoicing'] });
    const child = await aStudent(db, { clientId: client.id });
    const stranger = await aStudent(db);
    const tutor = await listedTutor();
    const token = await keep(tutor.id);
    const booker = (studentId: string) => ({ booker: { kind: 'family', clientIds: [client.id], studentId } as const });
    await expect(confirm(token, booker(stranger.id))).rejects.toMatchObject({ code: 'unknown_reference', field: 'studentId' });
    const booked = await confirm(token, booker(child.id));
    const places = await db
      .selectFrom('attendance')
      .select(['studentId', 'clientId'])
      .where('sessionId', '=', booked.id)
      .execute();
    expect(places).toEqual([{ studentId: child.id, clientId: client.id }]);
  });
});
