import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import type { CalendarView } from '#app/routes/calendar-pages/calendar-view.ts';
import { loader as familySessions } from '#app/routes/family.sessions._index/route.tsx';
import { loader as officeCalendar } from '#app/routes/office.calendar/route.tsx';
import { loader as tutorCalendar } from '#app/routes/tutor.calendar/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const { timezone } = await db.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();

const [office, tutorUser, parentUser] = await Promise.all([
  aUser(db, { name: 'Mia Fox', roles: ['scheduler'] }),
  aUser(db, { name: 'Tess Marsh', roles: ['tutor'] }),
  aUser(db, { name: 'Paul Parent', roles: ['client'] }),
]);
const maths = await aSubject(db, { name: 'Maths' });
const group = await aProgram(db, { name: 'Group', kind: 'group', capacity: 6 });
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Tess', lastName: 'Marsh', subjectIds: [maths.id] });
const other = await aTutor(db, { firstName: 'Sid', lastName: 'Reed', subjectIds: [maths.id] });
const parent = await aClient(db, { userId: parentUser.id, name: 'Paul Parent' });
const anna = await aStudent(db, { clientId: parent.id, firstName: 'Anna', lastName: 'Parent' });
const ben = await aStudent(db, { clientId: parent.id, firstName: 'Ben', lastName: 'Parent' });
const strange = await aStudent(db, { firstName: 'Secret', lastName: 'Stranger' });
const room = await db.insertInto('room').values({ name: 'Blue room' }).returning('id').executeTakeFirstOrThrow();
const system = { userId: null, kind: 'system' } as const;

async function book(wallStart: string, over: { tutorId?: string; studentIds?: string[]; durationMinutes?: number } = {}) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    studentIds: [anna.id],
    programId: group.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
    ...over,
  });
  return sessionId;
}

async function args(user: { id: string }, path: string) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  return {
    request: new Request(`http://lectern.test${path}`, { headers: { cookie: `lectern=${token}` } }),
    context,
    params: {},
  } as never;
}

const inOffice = async (search: string) => (await officeCalendar(await args(office, `/office/calendar${search}`))).page;
const asTutor = async (search: string): Promise<CalendarView> => tutorCalendar(await args(tutorUser, `/tutor/calendar${search}`));
const asParent = async (search: string) => (await familySessions(await args(parentUser, `/family/sessions${search}`))).calendar;
const on = (page: CalendarView, date: string) => page.days.find((day) => day.date === date) ?? expect.unreachable(date);
const idsOf = (page: CalendarView) => page.days.flatMap((day) => day.entries.map((entry) => entry.id));

describe('a calendar', () => {
  it('shows the office everybody, and narrowed to a tutor, student, program or room only theirs', async () => {
    const mine = await book('2026-03-03T10:00');
    const theirs = await book('2026-03-03T10:00', { tutorId: other.id, studentIds: [strange.id] });
    await db.updateTable('session').set({ roomId: room.id }).where('id', '=', theirs).execute();
    const week = '?date=2026-03-03';
    expect(idsOf(await inOffice(week)).sort()).toEqual([mine, theirs].sort());
    expect(idsOf(await inOffice(`${week}&tutor=${tutor.id}`))).toEqual([mine]);
    expect(idsOf(await inOffice(`${week}&student=${strange.id}`))).toEqual([theirs]);
    expect(idsOf(await inOffice(`${week}&room=${room.id}`))).toEqual([theirs]);
    expect(idsOf(await inOffice(`${week}&program=${tutor.id}`))).toEqual([]);
    expect(idsOf(await asTutor(week))).toEqual([mine]);
  });

  it('what runs over midnight stands on both days', async () => {
    const id = await book('2026-03-10T23:30', { studentIds: [ben.id] });
    const page = await asTutor('?date=2026-03-10');
    expect(on(page, '2026-03-10').entries).toMatchObject([{ id, from: 1410, to: 1440, runsOn: false }]);
    expect(on(page, '2026-03-11').entries).toMatchObject([{ id, from: 0, to: 30, runsOn: true }]);
    expect(on(page, '2026-03-11').count).toBe(0);
    expect(idsOf(await asTutor('?view=day&date=2026-03-11'))).toEqual([id]);
  });

  it('says when the clocks change, and that day’s lessons keep their place on the wall clock', async () => {
    const id = await book('2026-03-29T16:00');
    const page = await asTutor('?date=2026-03-29');
    expect(timezone).toBe('Europe/Dublin');
    expect(on(page, '2026-03-29')).toMatchObject({
      entries: [{ id, from: 960, to: 1020 }],
      notes: [{ kind: 'clock', text: expect.stringMatching(/^Clocks go forward 1 h at 0?1:00/) }],
    });
    expect(page.days.map((day) => day.date)).toHaveLength(7);
  });

  it('a lesson in the hour that happens twice is as long as it lasts', async () => {
    // 01:30 summer time to 01:30 winter time: an hour, from and to the same hands of the clock.
    const id = await book('2026-10-25T01:30');
    expect(on(await asTutor('?date=2026-10-25'), '2026-10-25').entries).toMatchObject([{ id, from: 90, to: 150 }]);
  });

  it('where the reader lives elsewhere it shows their clock, and the office’s beside it', async () => {
    await db.updateTable('users').set({ timezone: 'America/New_York' }).where('id', '=', tutorUser.id).execute();
    await book('2026-03-16T00:30', { studentIds: [ben.id] });
    const page = await asTutor('?date=2026-03-15');
    const [entry] = on(page, '2026-03-15').entries;
    expect(entry).toMatchObject({ from: 1230, to: 1290 });
    expect(entry?.atOffice).toContain('Dublin');
    expect(page.zones).toBe('Times as in New York; Dublin is 4 h ahead.');
    await db.updateTable('users').set({ timezone: null }).where('id', '=', tutorUser.id).execute();
  });

  it('what is cancelled is left out until it is asked for', async () => {
    const id = await book('2026-03-18T10:00');
    await cancelSession(db, ctx, system, { sessionId: id, by: 'client', reason: 'ill' });
    expect(idsOf(await inOffice('?date=2026-03-18'))).not.toContain(id);
    expect(on(await inOffice('?date=2026-03-18&cancelled=1'), '2026-03-18').entries).toMatchObject([{ id, off: true }]);
  });

  it('a busy day of a month shows its number and not everything', async () => {
    for (let hour = 8; hour < 16; hour++) await book(`2026-04-15T${String(hour).padStart(2, '0')}:00`);
    const day = on(await inOffice('?view=month&date=2026-04-01'), '2026-04-15');
    expect(day.count).toBe(8);
    expect(day.entries.length).toBe(5);
  });
});

describe('days on which nothing can be', () => {
  it('stand on the office’s calendar and the tutor’s own; another’s time off is not the tutor’s to see', async () => {
    const zone = { zone: timezone, status: 'approved' };
    await db
      .insertInto('timeOff')
      .values([
        {
          tutorId: tutor.id,
          startsAt: '2026-05-05T08:00:00Z',
          endsAt: '2026-05-05T11:00:00Z',
          wallStart: '2026-05-05T09:00',
          wallEnd: '2026-05-05T12:00',
          allDay: false,
          ...zone,
        },
        {
          tutorId: other.id,
          startsAt: '2026-05-05T23:00:00Z',
          endsAt: '2026-05-06T23:00:00Z',
          wallStart: '2026-05-06T00:00',
          wallEnd: '2026-05-07T00:00',
          ...zone,
        },
      ])
      .execute();
    await db.insertInto('closure').values({ name: 'May holiday', startsOn: '2026-05-04', endsOn: '2026-05-04' }).execute();
    const search = '?date=2026-05-05';
    const words = (page: CalendarView) => page.days.flatMap((day) => day.notes.map((note) => note.text));
    expect(words(await inOffice(search))).toEqual([
      'Closed: May holiday',
      expect.stringMatching(/^Tess Marsh away 0?9:00/),
      'Sid Reed away',
    ]);
    const own = await asTutor(search);
    expect(words(own)).toEqual(['Closed: May holiday', expect.stringContaining('Time off')]);
    expect(on(own, '2026-05-05').shades).toMatchObject([{ from: 540, to: 720, text: 'Time off' }]);
    expect(words(await asParent('?view=week&date=2026-05-05'))).toEqual(['Closed: May holiday']);
  });
});

describe('a family’s calendar', () => {
  it('tells its children apart by name and never names another family’s', async () => {
    await book('2026-06-02T10:00', { studentIds: [anna.id, strange.id] });
    await book('2026-06-02T12:00', { studentIds: [ben.id] });
    const page = await asParent('?view=week&date=2026-06-02');
    expect(on(page, '2026-06-02').entries.map((entry) => entry.who)).toEqual(['Anna Parent', 'Ben Parent']);
    expect(page.children.map((child) => child.name).sort()).toEqual(['Anna Parent', 'Ben Parent']);
    expect(JSON.stringify(page)).not.toContain('Secret');
  });

  it('a child who cancelled their place in a group is not on it any more', async () => {
    const id = await book('2026-06-09T10:00', { studentIds: [anna.id, strange.id] });
    await db
      .updateTable('attendance')
      .set({ outcome: 'cancelled' })
      .where('sessionId', '=', id)
      .where('studentId', '=', anna.id)
      .execute();
    expect(idsOf(await asParent('?view=month&date=2026-06-09'))).not.toContain(id);
    expect(on(await asParent('?view=week&date=2026-06-09&cancelled=1'), '2026-06-09').entries).toMatchObject([{ id, off: true }]);
  });
});
