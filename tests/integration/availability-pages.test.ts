import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listExceptions, listRules } from '#app/domain/scheduling/availability-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listTimeOff } from '#app/domain/scheduling/time-off-queries.server.ts';
import { action as decide, loader as officeTimeOff } from '#app/routes/office.time-off/route.tsx';
import { loader as officeWeek, action as saveOfficeWeek } from '#app/routes/office.tutors.$id_.availability._index/route.tsx';
import { action as giveTimeOff } from '#app/routes/office.tutors.$id_.availability.time-off/route.tsx';
import { action as saveWeek, loader as weekPage } from '#app/routes/tutor.availability._index/route.tsx';
import { action as saveDay } from '#app/routes/tutor.availability.days/route.tsx';
import { action as askTimeOff, loader as timeOffPage } from '#app/routes/tutor.availability.time-off/route.tsx';
import { anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });

type Form = [string, string][] | Record<string, string>;

async function argsOf(user: { id: string }, path: string, form?: Form) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const id = path
    .split('?')[0]
    ?.split('/')
    .find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

interface Refused<T = Record<string, never>> {
  data: { errors: Record<string, string>; message?: string } & T;
  init: { status: number };
}

async function aSignedInTutor(over: Parameters<typeof aTutor>[1] = {}) {
  const user = await aUser(db, { name: 'Tess Tutor', roles: ['tutor'] });
  return { user, tutor: await aTutor(db, { userId: user.id, ...over }) };
}

async function aSession(tutorId: string, wallStart: string) {
  const { sessionId } = await bookSession(
    db,
    ctx,
    { userId: scheduler.id, kind: 'user' },
    {
      tutorId,
      studentIds: [(await aStudent(db)).id],
      programId: (await aProgram(db)).id,
      subjectId: (await aSubject(db)).id,
      wallStart,
      durationMinutes: 60,
      mode: 'in_person',
      location: 'Library',
      billable: false,
    },
  );
  return sessionId;
}

describe('the week of a tutor, as its form sends it', () => {
  const lines = (stamp: string, ...more: [string, string][]): Form => [['stamp', stamp], ['from', ''], ['until', ''], ...more];

  it('is saved by lines, Monday’s for all weekdays where that is ticked, and shown with what is booked in the tutor’s own zone', async () => {
    const { user, tutor } = await aSignedInTutor({ timezone: 'America/New_York' });
    await aSession(tutor.id, '2026-03-03T20:00');
    await saveWeek(
      await argsOf(user, '/tutor/availability', lines('', ['from.1', '09:00'], ['to.1', '12:00'], ['mondayToFriday', 'on'])),
    );
    expect((await listRules(db, tutor.id)).map((rule) => rule.weekday)).toEqual([1, 2, 3, 4, 5]);
    const page = await weekPage(await argsOf(user, '/tutor/availability'));
    expect(page).toMatchObject({ isSet: true, zoneName: 'New York' });
    // 20:00 in Dublin.
    expect(page?.booked).toMatchObject([{ weekday: 2, start: 15 * 60, end: 16 * 60 }]);
  });

  it('with a line that can’t be read answers 400 at that line and keeps all the others', async () => {
    const { user, tutor } = await aSignedInTutor();
    const typed = lines('', ['from.1', '09:00'], ['to.1', '12:00'], ['from.3', '15:00'], ['to.3', '']);
    const { data, init } = (await saveWeek(await argsOf(user, '/tutor/availability', typed))) as unknown as Refused<{
      rows: unknown[];
    }>;
    expect(init.status).toBe(400);
    expect(data.errors).toEqual({ 'to.3.0': 'Enter a time such as 19:30' });
    expect(data.rows).toEqual([
      { weekday: 1, from: '09:00', to: '12:00' },
      { weekday: 3, from: '15:00', to: '' },
    ]);
    expect(await listRules(db, tutor.id)).toEqual([]);
  });

  it('on a page that is stale is told who saved, and goes over it when it is sent again', async () => {
    const { user, tutor } = await aSignedInTutor();
    const office = `/office/tutors/${tutor.id}/availability`;
    await saveOfficeWeek(await argsOf(scheduler, office, lines('', ['from.2', '10:00'], ['to.2', '11:00'])));
    const mine = [
      ['from.1', '09:00'],
      ['to.1', '12:00'],
    ] as [string, string][];
    const { data, init } = (await saveWeek(await argsOf(user, '/tutor/availability', lines('', ...mine)))) as unknown as Refused<{
      stale: { stamp: string };
    }>;
    expect(init.status).toBe(409);
    expect(data.message).toContain('Mia Fox changed this week');
    await saveWeek(await argsOf(user, '/tutor/availability', lines(data.stale.stamp, ...mine)));
    expect((await officeWeek(await argsOf(scheduler, office))).chosen.rows).toEqual([{ weekday: 1, from: '09:00', to: '12:00' }]);
  });

  it('is the tutor’s own, whatever the form names, and the office’s page is not the tutor’s', async () => {
    const { user, tutor } = await aSignedInTutor();
    const other = await aTutor(db);
    const form = lines('', ['tutorId', other.id], ['from.1', '09:00'], ['to.1', '12:00']);
    await saveWeek(await argsOf(user, '/tutor/availability', form));
    expect(await listRules(db, other.id)).toEqual([]);
    expect(await listRules(db, tutor.id)).toHaveLength(1);
    const path = `/office/tutors/${other.id}/availability`;
    await expect(officeWeek(await argsOf(user, path))).rejects.toMatchObject({ status: 403 });
    await expect(saveOfficeWeek(await argsOf(user, path, form))).rejects.toMatchObject({ status: 403 });
  });
});

describe('a day that differs, as its form sends it', () => {
  it('without times is not free all day; free without times is refused at the field', async () => {
    const { user, tutor } = await aSignedInTutor();
    const day = { intent: 'add', localDate: '2026-03-10', fromTime: '', toTime: '', note: 'Dentist' };
    await saveDay(await argsOf(user, '/tutor/availability/days', { ...day, id: randomUUID(), kind: 'closed' }));
    expect(await listExceptions(db, tutor.id, '2026-03-02')).toMatchObject([{ open: false, startMinute: 0, endMinute: 1440 }]);
    const refused = (await saveDay(
      await argsOf(user, '/tutor/availability/days', { ...day, id: randomUUID(), kind: 'open' }),
    )) as unknown as Refused<{ values: Record<string, string[]> }>;
    expect(refused.data.errors).toEqual({ fromTime: 'Enter from when to when you are free' });
    expect(refused.data.values.note).toEqual(['Dentist']);
  });
});

describe('time off, from asking to the answer', () => {
  const ask = { intent: 'ask', fromDate: '2026-03-16', toDate: '2026-03-18', fromTime: '', toTime: '', reason: 'Away' };

  it('is shown with the sessions it would hit, and answered with a note', async () => {
    const { user, tutor } = await aSignedInTutor({ firstName: 'Away', lastName: 'Tutor' });
    await aSession(tutor.id, '2026-03-17T16:00');
    await aSession(tutor.id, '2026-03-19T16:00');
    await askTimeOff(await argsOf(user, '/tutor/availability/time-off', { ...ask, id: randomUUID() }));
    const { waiting } = await officeTimeOff(await argsOf(scheduler, '/office/time-off'));
    const off = waiting.find((row) => row.tutorName === 'Away Tutor');
    expect(off).toMatchObject({ firstDay: '2026-03-16', lastDay: '2026-03-18', reason: 'Away' });
    expect(off?.sessions).toHaveLength(1);
    const answer = { id: off?.id ?? '', version: '1', note: 'Maybe in April' };
    await decide(await argsOf(scheduler, '/office/time-off', { ...answer, intent: 'decline' }));
    const mine = await timeOffPage(await argsOf(user, '/tutor/availability/time-off'));
    expect(mine?.ahead).toMatchObject([{ state: { label: 'Declined' }, answer: expect.stringContaining('Maybe in April') }]);
    const late = (await decide(
      await argsOf(scheduler, '/office/time-off', { ...answer, intent: 'approve' }),
    )) as unknown as Refused<{ note: string }>;
    expect(late).toMatchObject({ init: { status: 409 }, data: { message: 'It is declined already.', note: 'Maybe in April' } });
  });

  it('is not decided by tutors, and not asked for backwards', async () => {
    const { user, tutor } = await aSignedInTutor();
    const id = randomUUID();
    const backwards = { ...ask, id, toDate: '2026-03-15' };
    const { data } = (await askTimeOff(await argsOf(user, '/tutor/availability/time-off', backwards))) as unknown as Refused;
    expect(data.errors).toEqual({ toDate: 'The last day can’t be before the first' });
    await askTimeOff(await argsOf(user, '/tutor/availability/time-off', { ...ask, id }));
    const approve = { id, version: '1', intent: 'approve', note: '' };
    await expect(decide(await argsOf(user, '/office/time-off', approve))).rejects.toMatchObject({ status: 403 });
    expect(await listTimeOff(db, { tutorId: tutor.id })).toMatchObject([{ status: 'requested' }]);
  });

  it('of another tutor can’t be taken back, and what the office gives is approved', async () => {
    const { tutor } = await aSignedInTutor();
    const stranger = await aSignedInTutor();
    const id = randomUUID();
    await giveTimeOff(await argsOf(scheduler, `/office/tutors/${tutor.id}/availability/time-off`, { ...ask, id }));
    const withdraw = { intent: 'withdraw', id };
    await expect(askTimeOff(await argsOf(stranger.user, '/tutor/availability/time-off', withdraw))).rejects.toMatchObject({
      status: 404,
    });
    expect(await listTimeOff(db, { tutorId: tutor.id })).toMatchObject([{ status: 'approved', decidedByName: 'Mia Fox' }]);
  });
});
