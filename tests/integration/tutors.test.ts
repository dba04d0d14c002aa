import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { getOwnEngagement } from '#app/domain/booking-requests/planner.server.ts';
import { listEngagements } from '#app/domain/engagements/queries.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { listBookableTutorChoices, listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { createTutor } from '#app/domain/people/create-tutor.server.ts';
import { editTutor } from '#app/domain/people/edit-tutor.server.ts';
import { listTutors } from '#app/domain/people/list-tutors.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { setTutorStatus } from '#app/domain/people/set-tutor-status.server.ts';
import { tutorEditSchema, tutorSchema } from '#app/domain/people/tutor.schema.ts';
import { readTutorFilter } from '#app/domain/people/tutor-filter.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { action as bulk } from '#app/routes/office.tutors._index/route.tsx';
import { action as onTutor, loader as tutorPage } from '#app/routes/office.tutors.$id/route.tsx';
import { anEngagement, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const mia = await aUser(db, { roles: ['scheduler'] });
const actor = { userId: mia.id, kind: 'user' } as const;
const maths = await aSubject(db, { name: 'Maths' });
const music = await aSubject(db, { name: 'Music' });
const primary = await addNamed(db, ctx, actor, 'level', { name: 'Primary' });
const high = await addNamed(db, ctx, actor, 'level', { name: 'High school' });

const form = { firstName: 'Nora', lastName: 'Quinn', email: '', phone: '', timezone: 'Europe/Dublin', bufferMinutes: '0' };
const values = (over: object = {}) => tutorSchema.parse({ ...form, ...over });
const namesBy = async (query: string) =>
  (await listTutors(db, readTutorFilter(new URLSearchParams(query)))).rows.map((row) => row.name).sort();
const status = (id: string, to: 'active' | 'dormant' | 'left') => setTutorStatus(db, ctx, actor, { ids: [id], status: to });

async function argsOf(path: string, fields: [string, string][] | null, id?: string) {
  const token = await startSession(db, ctx.clock(), mia.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
  return { request, context, params: { id } } as never;
}

describe('what is known of a tutor', () => {
  it('is kept as typed: languages by name, the home from a map, hours, modes, tags', async () => {
    const { id } = await createTutor(
      db,
      ctx,
      actor,
      values({
        languages: 'English, Irish',
        coordinates: '53.35, -6.26',
        homeAddress: '1 Quay Street',
        reachMinutes: '40',
        maxHoursPerWeek: '20',
        wishedHoursPerWeek: '12.5',
        modes: ['in_person'],
        gender: 'female',
        tags: 'Exam coach',
      }),
    );
    expect(await getTutor(db, id)).toMatchObject({
      languages: ['en', 'ga'],
      homeLatitude: '53.350000',
      homeLongitude: '-6.260000',
      reachMinutes: 40,
      wishedHoursPerWeek: '12.50',
      teachesOnline: false,
      teachesInPerson: true,
      gender: 'female',
      tags: [{ name: 'Exam coach' }],
      status: 'active',
      source: 'office',
    });
  });

  it.each([
    ['neither online nor in person', { modes: [] }, 'modes'],
    ['more hours wished than may be taught', { maxHoursPerWeek: '10', wishedHoursPerWeek: '11' }, 'wishedHoursPerWeek'],
    ['a language that is none', { languages: 'Martian' }, 'languages'],
    ['a home beyond the poles', { coordinates: '95, 10' }, 'coordinates'],
    ['a way of more than a day', { reachMinutes: '1441' }, 'reachMinutes'],
  ])('%s is refused at its field', (_, over, field) => {
    expect(tutorSchema.safeParse({ ...form, ...over }).error?.issues[0]?.path[0]).toBe(field);
  });

  it('changes with its tags, and the log names neither the home nor the languages', async () => {
    const { id } = await createTutor(db, ctx, actor, values({ tags: 'Calm', coordinates: '53.35, -6.26' }));
    const edit = (over: object, version: number) =>
      editTutor(db, ctx, actor, tutorEditSchema.parse({ ...form, coordinates: '53.35, -6.26', ...over, id, version }));
    await edit({ tags: 'Calm' }, 1);
    expect(await getTutor(db, id)).toMatchObject({ version: 1 });
    await edit({ tags: 'Quick', languages: 'fr', coordinates: '48.85, 2.35' }, 1);
    expect(await getTutor(db, id)).toMatchObject({ version: 2, tags: [{ name: 'Quick' }], languages: ['fr'] });
    const [line] = await listAudit(db, { subjectType: 'tutor', subjectId: id });
    expect(line?.after).toMatchObject({ languages: '·', homeLatitude: '·', tags: [expect.any(String)] });
  });

  it('keeps an archived level where the tutor has it', async () => {
    const old = await addNamed(db, ctx, actor, 'level', { name: 'Old syllabus' });
    const { id } = await createTutor(db, ctx, actor, values({ subjects: [{ subjectId: maths.id, levelIds: [old.id] }] }));
    await db.updateTable('level').set({ archivedAt: new Date() }).where('id', '=', old.id).execute();
    const subjects = [{ subjectId: maths.id, levelIds: [old.id] }];
    await editTutor(db, ctx, actor, tutorEditSchema.parse({ ...form, phone: '555 0100', subjects, id, version: 1 }));
    expect((await getTutor(db, id)).subjects).toMatchObject([{ levels: [{ name: 'Old syllabus' }] }]);
  });
});

describe('the list of tutors', () => {
  it('is narrowed by subject and level together; who names no level teaches all of them', async () => {
    const by = (lastName: string, subjects: object[]) =>
      createTutor(db, ctx, actor, values({ firstName: 'Lev', lastName, subjects }));
    await by('High', [
      { subjectId: maths.id, levelIds: [high.id] },
      { subjectId: music.id, levelIds: [primary.id] },
    ]);
    await by('Any', [{ subjectId: maths.id }]);
    await by('Music', [{ subjectId: music.id, levelIds: [high.id] }]);
    expect(await namesBy(`q=Lev&subject=${maths.id}&level=${high.id}`)).toEqual(['Lev Any', 'Lev High']);
    expect(await namesBy(`q=Lev&subject=${maths.id}&level=${primary.id}`)).toEqual(['Lev Any']);
    expect(await namesBy(`q=Lev&level=${primary.id}`)).toEqual(['Lev Any', 'Lev High']);
  });

  it('is narrowed by status, tag, language, mode and pay group, and ignores what makes no sense', async () => {
    const weekly = await addNamed(db, ctx, actor, 'payGroup', { name: 'Weekly' });
    const tutor = await createTutor(
      db,
      ctx,
      actor,
      values({ firstName: 'Fil', lastName: 'One', languages: 'ga', modes: ['online'], tags: 'Filtered', payGroupId: weekly.id }),
    );
    await aTutor(db, { firstName: 'Fil', lastName: 'Two', status: 'dormant', teachesOnline: false });
    const [tag] = (await getTutor(db, tutor.id)).tags;
    for (const query of [`tag=${tag?.id}`, 'language=GA', 'mode=online', `payGroup=${weekly.id}`, 'status=active'])
      expect(await namesBy(`q=Fil&${query}`), query).toEqual(['Fil One']);
    expect(await namesBy('q=Fil&status=gone&tag=x&mode=both')).toEqual(['Fil One', 'Fil Two']);
  });

  it('changes the chosen ones together, and says who could not be archived and why', async () => {
    const [free, busy] = [await aTutor(db), await aTutor(db)];
    const student = await aStudent(db);
    await aRate(db);
    await bookSession(db, ctx, actor, {
      tutorId: busy.id,
      studentIds: [student.id],
      programId: (await aProgram(db)).id,
      subjectId: maths.id,
      wallStart: '2026-03-10T16:00',
      durationMinutes: 60,
      mode: 'in_person',
      billable: true,
    });
    const chosen: [string, string][] = [free, busy].map(({ id }) => ['chosen', id]);
    const say = async (fields: [string, string][]) => bulk(await argsOf('/office/tutors', [...chosen, ...fields]));
    expect(
      await say([
        ['to', 'tag'],
        ['tag', 'Autumn'],
      ]),
    ).toMatchObject({ done: 2, refused: [] });
    expect(
      await say([
        ['to', 'tag'],
        ['tag', ''],
      ]),
    ).toMatchObject({ message: expect.stringContaining('tag') });
    expect(await say([['to', 'status:dormant']])).toMatchObject({ what: 'now dormant', done: 2 });
    expect(await say([['to', 'archive']])).toMatchObject({
      done: 1,
      refused: [{ id: busy.id, message: expect.stringContaining('1 session is still planned') }],
    });
    expect(await say([['to', 'sack']])).toMatchObject({ message: 'Choose what to do with them.' });
    expect((await getTutor(db, busy.id)).tags).toMatchObject([{ name: 'Autumn' }]);
    await status(busy.id, 'left');
    const page = await tutorPage(await argsOf(`/office/tutors/${busy.id}`, null, busy.id));
    expect(page.planned).toEqual({ sessions: 1, series: 0, firstDay: '2026-03-10', lastDay: '2026-03-10' });
  });
});

describe('where a tutor stands', () => {
  it('a dormant tutor is offered for nothing new, and stays where they are chosen', async () => {
    const tutor = await aTutor(db, { subjectIds: [maths.id], inStorefront: true });
    const offered = async () => ({
      booking: (await listBookingChoices(db)).tutors.some(({ id }) => id === tutor.id),
      chosen: (await listBookingChoices(db, { tutorId: tutor.id })).tutors.some(({ id }) => id === tutor.id),
      bookable: (await listBookableTutorChoices(db)).some(({ id }) => id === tutor.id),
      filters: (await listTutorChoices(db)).some(({ id }) => id === tutor.id),
    });
    expect(await offered()).toEqual({ booking: true, chosen: true, bookable: true, filters: true });
    await status(tutor.id, 'dormant');
    expect(await offered()).toEqual({ booking: false, chosen: true, bookable: false, filters: true });
  });

  it('a tutor who takes a break keeps the engagement, and neither they nor the family plan new sessions in it', async () => {
    const tutor = await aTutor(db, { subjectIds: [maths.id] });
    const engagement = await anEngagement(db, {
      tutorId: tutor.id,
      studentId: (await aStudent(db)).id,
      programId: (await aProgram(db)).id,
      subjectId: maths.id,
    });
    const planner = { by: 'tutor', tutorId: tutor.id } as const;
    const own = () => getOwnEngagement(db, planner, engagement.id, ctx.clock());
    expect(await own()).toMatchObject({ tutorId: tutor.id });
    await status(tutor.id, 'dormant');
    await expect(own()).rejects.toMatchObject({ message: expect.stringContaining('takes no new sessions') });
    expect(await listEngagements(db, ctx.clock(), { tutorId: tutor.id, open: true })).toHaveLength(1);
    await status(tutor.id, 'left');
    expect(await listEngagements(db, ctx.clock(), { tutorId: tutor.id, open: true })).toHaveLength(0);
  });

  it('is said once: saying it again changes nothing, and the log has one line', async () => {
    const tutor = await aTutor(db);
    expect(await status(tutor.id, 'left')).toBe(1);
    expect(await status(tutor.id, 'left')).toBe(0);
    const lines = await listAudit(db, { subjectType: 'tutor', subjectId: tutor.id });
    expect(lines).toMatchObject([{ action: 'tutor.status', before: { status: 'active' }, after: { status: 'left' } }]);
  });

  it('is not said of an archived tutor, nor what no status is', async () => {
    const tutor = await aTutor(db, { archivedAt: new Date() });
    await expect(status(tutor.id, 'left')).rejects.toMatchObject({ code: 'invalid_value' });
    const args = await argsOf(
      `/office/tutors/${tutor.id}`,
      [
        ['intent', 'status'],
        ['status', 'fired'],
      ],
      tutor.id,
    );
    await expect(onTutor(args)).rejects.toMatchObject({ status: 400 });
  });
});
