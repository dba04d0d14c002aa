import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { answerOffer } from '#app/domain/offers/answer-offer.server.ts';
import { findBeginning } from '#app/domain/offers/beginning.server.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { offerSchema } from '#app/domain/offers/offer.schema.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as engagementPage } from '#app/routes/office.engagements.$id/route.tsx';
import { action as bookAction } from '#app/routes/office.sessions.new/route.tsx';
import { anOrganisation, aProgram, aRequest, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db, { meeting: 'meeting-jitsi' });
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db);
const scheduler = await aUser(db, { roles: ['scheduler'] });
const system = { userId: null, kind: 'system' } as const;
const MONDAY_16 = { weekday: 1, startMinute: 960 };
const THURSDAY_17 = { weekday: 4, startMinute: 1020 };

/** A tutor who has said yes to these weekly times, from 9 March on. */
async function anAcceptedOffer(times: { weekday: number; startMinute: number }[]) {
  const tutor = await aTutor(db, { subjectIds: [maths.id] });
  await db
    .insertInto('availabilityRule')
    .values([1, 4].map((weekday) => ({ tutorId: tutor.id, weekday, startMinute: 900, endMinute: 1200 })))
    .execute();
  const student = await aStudent(db);
  const request = await aRequest(db, { studentId: student.id, subjectId: maths.id });
  const offer = offerSchema.parse({
    ...{ id: randomUUID(), requestId: request.id, kind: 'one', tutorIds: [tutor.id], programId: program.id, subjectId: maths.id },
    terms: {
      ...{ startsOn: '2026-03-09', endsOn: '2026-03-31', sessionMinutes: 60, mode: 'online', placeId: '', location: '' },
      ...{ times, zone: 'Europe/Dublin' },
    },
    ...{ chargeRate: null, payRate: null, whoMaySchedule: '', message: '', answerHours: 48 },
  });
  await makeOffer(db, ctx, system, offer);
  const { engagementId } = await answerOffer(db, ctx, system, {
    offerId: offer.id,
    tutorId: tutor.id,
    answer: { kind: 'accept' },
  });
  if (!engagementId) throw new Error('nobody was engaged');
  return { tutor, student, request, engagementId };
}

async function argsOf(path: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), scheduler.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}

describe('what an accepted offer agreed on', () => {
  it('is shown day by day with one click and booked with the next, once', async () => {
    const { engagementId } = await anAcceptedOffer([MONDAY_16]);
    const { begin } = await engagementPage(await argsOf(`/office/engagements/${engagementId}`));
    const [week] = begin?.weeks ?? [];
    expect(week).toMatchObject({ text: 'Monday, 16:00', problems: [], instead: [] });
    const fields = week?.fields ?? [];
    const preview = await bookAction(await argsOf('/office/sessions/new', [...fields, ['intent', 'book']]));
    expect(preview).toMatchObject({ data: { series: { plain: { length: 4 }, days: [] } } });
    const book = async () => bookAction(await argsOf('/office/sessions/new', [...fields, ['intent', 'create-series']]));
    const booked = await Promise.all([book(), book()]);
    expect(booked.map((one) => (one instanceof Response ? one.status : one))).toEqual([302, 302]);
    const sessions = await db.selectFrom('session').select('id').where('engagementId', '=', engagementId).execute();
    expect(sessions).toHaveLength(4);
    expect((await engagementPage(await argsOf(`/office/engagements/${engagementId}`))).begin).toBeNull();
  });

  it('at two times of the day is a series each, and what is planned is not asked for again', async () => {
    const { engagementId, tutor, student, request } = await anAcceptedOffer([MONDAY_16, THURSDAY_17]);
    const both = await findBeginning(db, ctx, { requestId: request.id });
    expect(both?.weeks.map((week) => week.wallStart)).toEqual(['2026-03-09T16:00', '2026-03-12T17:00']);
    await bookSession(db, ctx, system, {
      ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: maths.id },
      ...{ wallStart: '2026-03-09T16:00', durationMinutes: 60, mode: 'online', billable: true },
    });
    const left = await findBeginning(db, ctx, { engagementId });
    expect(left?.weeks.map((week) => week.wallStart)).toEqual(['2026-03-12T17:00']);
  });

  it('that clashes meanwhile is said, with what is free instead', async () => {
    const { engagementId, tutor } = await anAcceptedOffer([MONDAY_16]);
    const other = await aStudent(db);
    await bookSession(db, ctx, system, {
      ...{ tutorId: tutor.id, studentIds: [other.id], programId: program.id, subjectId: maths.id },
      ...{ wallStart: '2026-03-09T16:00', durationMinutes: 60, mode: 'online', billable: true },
    });
    const [week] = (await findBeginning(db, ctx, { engagementId }))?.weeks ?? [];
    expect(week?.problems[0]).toMatchObject({ blocking: true });
    expect(week?.instead.map((slot) => slot.wallStart)).toContain('2026-03-09T17:00');
    expect(week?.instead.map((slot) => slot.wallStart)).not.toContain('2026-03-09T16:00');
  });

  it('without times is a time to find, until one is booked', async () => {
    const { engagementId } = await anAcceptedOffer([]);
    const { begin } = await engagementPage(await argsOf(`/office/engagements/${engagementId}`));
    expect(begin).toMatchObject({ weeks: [], noTimes: expect.stringContaining('/office/sessions/new?tutor=') });
  });
});
