import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { readSchedulingRules, schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { action as closuresAction, loader as closuresPage } from '#app/routes/office.settings.closures/route.tsx';
import { action as placeAction, loader as placePage } from '#app/routes/office.settings.places.$id/route.tsx';
import { action as addPlace } from '#app/routes/office.settings.places.new/route.tsx';
import { action as roomAction } from '#app/routes/office.settings.rooms.$id/route.tsx';
import { action as addRoom } from '#app/routes/office.settings.rooms.new/route.tsx';
import { loader as rulesPage, action as saveRules } from '#app/routes/office.settings.scheduling/route.tsx';
import { action as saveTutor, loader as tutorPage } from '#app/routes/office.tutors.$id_.edit/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { name: 'Ana Admin', roles: ['admin'] });

type Form = [string, string][] | Record<string, string>;

async function argsOf(path: string, form?: Form) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
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

interface Refused {
  data: { errors: Record<string, string>; values: Record<string, string[]>; message?: string };
  init: { status: number };
}
const locationOf = (answer: unknown) => (answer as Response).headers.get('location');

describe('places and the way between them', () => {
  const place = async (over: Record<string, string> = {}) => {
    const id = randomUUID();
    const form = { id, name: 'Study', address: '', coordinates: '', clientId: '', ...over };
    return { id, answer: await addPlace(await argsOf('/office/settings/places/new', form)) };
  };

  it('a place is added once with the point of a map’s link, whatever is clicked', async () => {
    const { id } = await place({ coordinates: 'https://maps.google.com/?q=53.35,-6.26' });
    await place({ id, name: 'Again' });
    const rows = await db.selectFrom('place').select(['name', 'latitude', 'longitude']).where('id', '=', id).execute();
    expect(rows).toEqual([{ name: 'Study', latitude: '53.350000', longitude: '-6.260000' }]);
  });

  it('a point that is none is refused at its field, and what was typed is kept', async () => {
    const { answer } = await place({ name: 'Library', coordinates: 'next to the church' });
    const { data, init } = answer as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors).toEqual({ coordinates: expect.stringContaining('51.5, -0.12') });
    expect(data.values).toMatchObject({ name: ['Library'], coordinates: ['next to the church'] });
  });

  it('the way is one row whichever side it is said from, beside what distance and speed give', async () => {
    const [a, b] = [
      await place({ name: 'A', coordinates: '53.35, -6.26' }),
      await place({ name: 'B', coordinates: '53.38, -6.26' }),
    ];
    await placeAction(
      await argsOf(`/office/settings/places/${a.id}`, { intent: 'travel', otherId: b.id, minutes: '20', miles: '2.5' }),
    );
    await placeAction(
      await argsOf(`/office/settings/places/${b.id}`, { intent: 'travel', otherId: a.id, minutes: '25', miles: '' }),
    );
    const { travel } = await placePage(await argsOf(`/office/settings/places/${a.id}`));
    expect(travel.entered).toMatchObject([{ id: b.id, minutes: 25, miles: null, hint: '3.3 km (2.1 miles) straight, 7 min' }]);
    await placeAction(await argsOf(`/office/settings/places/${a.id}`, { intent: 'remove-travel', otherId: b.id }));
    expect((await placePage(await argsOf(`/office/settings/places/${b.id}`))).travel.entered).toEqual([]);
  });

  it('minutes that can’t be read are refused in the form of the way, not in that of the place', async () => {
    const { id } = await place();
    const other = await place({ name: 'Other' });
    const { data } = (await placeAction(
      await argsOf(`/office/settings/places/${id}`, { intent: 'travel', otherId: other.id, minutes: 'soon', miles: '' }),
    )) as unknown as Refused;
    expect(data.errors).toEqual({ minutes: 'Enter a whole number of minutes from 0 to 1440' });
    expect(data.values.intent).toEqual(['travel']);
  });

  it('a room is archived only once nothing is planned in it, and a place once it has no room', async () => {
    const { id: placeId } = await place({ name: 'House' });
    const roomId = randomUUID();
    await addRoom(
      await argsOf('/office/settings/rooms/new', { id: roomId, name: 'Blue room', placeId, capacity: '2', notes: '' }),
    );
    const subject = await aSubject(db);
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const student = await aStudent(db);
    await bookSession(
      db,
      ctx,
      { userId: admin.id, kind: 'user' },
      {
        tutorId: tutor.id,
        studentIds: [student.id],
        programId: (await aProgram(db)).id,
        subjectId: subject.id,
        wallStart: '2026-03-04T16:00',
        durationMinutes: 60,
        mode: 'in_person',
        billable: false,
        roomId,
      },
    );
    const booked = await db.selectFrom('session').select(['placeId', 'location']).where('roomId', '=', roomId).executeTakeFirst();
    expect(booked).toEqual({ placeId, location: 'Blue room, House' });
    const archive = async (path: string, act: typeof roomAction) =>
      (await act(await argsOf(path, { intent: 'archive' }))) as unknown as Refused;
    expect((await archive(`/office/settings/rooms/${roomId}`, roomAction)).data.message).toContain('still planned in this room');
    expect((await archive(`/office/settings/places/${placeId}`, placeAction as never)).data.message).toContain(
      'Blue room is a room of this place',
    );
  });
});

describe('closures', () => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:patrick',
    'DTSTART;VALUE=DATE:20200317',
    'RRULE:FREQ=YEARLY',
    'SUMMARY:Saint Patrick’s Day',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const path = '/office/settings/closures';
  const post = async (form: Form) => closuresAction(await argsOf(path, form));
  const upload = (text: string) =>
    post({ intent: 'read-file', calendar: text, from: '2026-03-02', to: '2027-12-31', programId: '' }) as unknown as Promise<{
      data: {
        preview: { entries: { value: string; name: string; known: boolean }[] } | null;
        fileErrors: Record<string, string>;
      };
      init: { status: number };
    }>;

  it('a file is looked into before anything is saved, taken over by what is ticked, and the same file again adds nothing', async () => {
    const { data } = await upload(calendar);
    const entries = data.preview?.entries ?? [];
    expect(entries).toMatchObject([
      { name: 'Saint Patrick’s Day', days: 'Tue 17 Mar 2026', known: false },
      { name: 'Saint Patrick’s Day', known: false },
    ]);
    expect(await db.selectFrom('closure').select('id').execute()).toEqual([]);
    const taken = entries.map(({ value }): [string, string] => ['entry', value]);
    const form: Form = [['intent', 'take-over'], ['programId', ''], ...taken.slice(0, 1)];
    expect(locationOf(await post(form))).toContain('imported=1');
    expect(locationOf(await post(form))).toContain('imported=0');
    const again = await upload(calendar);
    expect(again.data.preview?.entries.map(({ known }) => known)).toEqual([true, false]);
  });

  it('a file that is none is told plainly at its field', async () => {
    const { data, init } = await upload('%PDF-1.7');
    expect(init.status).toBe(400);
    expect(data).toMatchObject({ preview: null, fileErrors: { calendar: expect.stringContaining('no iCalendar file') } });
    expect((await upload('')).data.fileErrors.calendar).toContain('Choose a calendar file');
  });

  it('say which sessions already lie on them, and of a program only its own', async () => {
    const subject = await aSubject(db);
    const [course, other] = [await aProgram(db), await aProgram(db)];
    const student = await aStudent(db, { clientId: (await aClient(db)).id });
    await bookSession(
      db,
      ctx,
      { userId: admin.id, kind: 'user' },
      {
        tutorId: (await aTutor(db)).id,
        studentIds: [student.id],
        programId: course.id,
        subjectId: subject.id,
        wallStart: '2026-04-10T10:00',
        durationMinutes: 60,
        mode: 'in_person',
        location: 'Library',
        billable: false,
      },
    );
    const closure = { intent: 'add', startsOn: '2026-04-09', endsOn: '2026-04-11' };
    await post({ ...closure, id: randomUUID(), name: 'Course pause', programId: course.id });
    await post({ ...closure, id: randomUUID(), name: 'Other pause', programId: other.id });
    const { closures } = await closuresPage(await argsOf(`${path}?year=2026`));
    expect(closures.filter((row) => row.name.endsWith('pause')).map((row) => [row.name, row.sessionCount])).toEqual([
      ['Course pause', 1],
      ['Other pause', 0],
    ]);
  });

  it('with the last day before the first are refused at the field', async () => {
    const { data } = (await post({
      intent: 'add',
      id: randomUUID(),
      name: 'Odd',
      startsOn: '2026-05-02',
      endsOn: '2026-05-01',
      programId: '',
    })) as unknown as Refused;
    expect(data.errors).toEqual({ endsOn: 'The last day can’t be before the first' });
  });
});

describe('the rules of planning', () => {
  const asTyped = async () => {
    const { initial, version } = await rulesPage(await argsOf('/office/settings/scheduling'));
    const texts = Object.fromEntries(Object.entries(initial).map(([name, [text = '']]) => [name, text]));
    return { ...texts, version: String(version) };
  };

  it('are saved as they are typed: no limit stays none, origins lose their path', async () => {
    await saveRules(
      await argsOf('/office/settings/scheduling', {
        ...(await asTyped()),
        'scheduling.minNoticeMinutes': '120',
        'scheduling.maxMinutesPerDay': '',
        'scheduling.tutor.book': 'true',
        'scheduling.storefront.embedOrigins': 'https://www.harbour.example/book\nhttps://harbour.example',
      }),
    );
    const rules = readSchedulingRules((await getOrganisation(db)).scheduling);
    expect(rules).toMatchObject({
      minNoticeMinutes: 120,
      maxMinutesPerDay: null,
      tutor: { book: true, move: false },
      storefront: { embedOrigins: ['https://www.harbour.example', 'https://harbour.example'] },
    });
  });

  it('beyond reason are refused at their field with what was typed', async () => {
    const { data, init } = (await saveRules(
      await argsOf('/office/settings/scheduling', { ...(await asTyped()), 'scheduling.horizonDays': '9000' }),
    )) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors).toEqual({ 'scheduling.horizonDays': 'Enter a whole number of days from 1 to 730' });
    expect(data.values['scheduling.horizonDays']).toEqual(['9000']);
  });

  it('a senior tutor may do more, and what their form leaves open follows the organisation', async () => {
    const tutor = await aTutor(db, { email: null });
    const path = `/office/tutors/${tutor.id}/edit`;
    const { initial, inheritedRules } = await tutorPage(await argsOf(path));
    expect(inheritedRules['tutor.move']).toBe('false');
    const { subjects: _, ...texts } = Object.fromEntries(Object.entries(initial).map(([name, [text = '']]) => [name, text]));
    const form = {
      ...texts,
      version: '1',
      'schedulingOverrides.tutor.move': 'true',
      'schedulingOverrides.horizonDays': '',
      inStorefront: 'on',
    };
    await saveTutor(await argsOf(path, form));
    const saved = await db
      .selectFrom('tutor')
      .select(['schedulingOverrides', 'inStorefront'])
      .where('id', '=', tutor.id)
      .executeTakeFirstOrThrow();
    expect(saved).toEqual({ schedulingOverrides: { tutor: { move: true } }, inStorefront: true });
    const organisation = (await getOrganisation(db)).scheduling;
    expect(schedulingRulesFor({ organisation, tutor: saved.schedulingOverrides })).toMatchObject({
      tutor: { book: true, move: true },
      horizonDays: 90,
    });
  });
});
