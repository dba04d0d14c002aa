import { describe, expect, it } from 'vitest';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listSlots, type SlotSearch } from '#app/domain/scheduling/list-slots.server.ts';
import { recordStatements } from '#tests/bench/recorder.ts';
import { anOrganisation, aProgram, aRoom, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { office } from './ground.ts';

const { db } = await testDatabase();
// A Monday, 09:00 in Dublin.
const context = testContext(db, { now: '2026-03-02T09:00:00Z' });
const organisation = await anOrganisation(db, {
  scheduling: JSON.stringify({ unsetAvailability: 'never', minNoticeMinutes: 120, horizonDays: 30 }),
  meeting: 'meeting-jitsi',
});
const program = await aProgram(db);
const subject = await aSubject(db);

const search = (over: Partial<SlotSearch>): Promise<string[]> =>
  listSlots(db, context, {
    programId: program.id,
    durationMinutes: 60,
    fromDate: '2026-03-02',
    toDate: '2026-03-03',
    mode: 'online',
    by: 'family',
    ...over,
  }).then((slots) => slots.map((slot) => slot.wallStart));

const weekly = (tutorId: string, weekday: number, from: number, to: number) =>
  db
    .insertInto('availabilityRule')
    .values({ tutorId, weekday, startMinute: from * 60, endMinute: to * 60 })
    .execute();

describe('free slots', () => {
  it('lie in the hours of the tutor, on the grid, after the notice, whole', async () => {
    const tutor = await aTutor(db);
    await weekly(tutor.id, 1, 10, 12.5);
    expect(await search({ tutorIds: [tutor.id] })).toEqual(['2026-03-02T11:00', '2026-03-02T11:15', '2026-03-02T11:30']);
    expect(await search({ tutorIds: [tutor.id], by: 'office' })).toContain('2026-03-02T10:00');
  });

  it('are those of who teaches the subject and is not archived', async () => {
    const teaches = await aTutor(db, { subjectIds: [subject.id] });
    const archived = await aTutor(db, { subjectIds: [subject.id], archivedAt: new Date() });
    for (const { id } of [teaches, archived]) await weekly(id, 2, 10, 11);
    const slots = await listSlots(db, context, {
      programId: program.id,
      subjectId: subject.id,
      durationMinutes: 60,
      fromDate: '2026-03-03',
      toDate: '2026-03-04',
      mode: 'online',
      by: 'family',
    });
    expect(slots.map((slot) => [slot.tutorId, slot.wallStart])).toEqual([[teaches.id, '2026-03-03T10:00']]);
  });

  it('online are those of tutors whom the provider gives a room, of lengths it takes', async () => {
    const tutor = await aTutor(db);
    await weekly(tutor.id, 2, 10, 11);
    const tuesday = { tutorIds: [tutor.id], fromDate: '2026-03-03', toDate: '2026-03-04' };
    expect(await search(tuesday)).toEqual(['2026-03-03T10:00']);
    // A link needs a room of the tutor's own.
    expect(await search({ ...tuesday, meetingInstallId: organisation.installs['meeting-link'] })).toEqual([]);
    expect(await search({ ...tuesday, mode: 'in_person' })).toEqual(['2026-03-03T10:00']);
    const jitsi = db.updateTable('pluginInstall').where('id', '=', organisation.installs['meeting-jitsi']);
    await jitsi.set({ durations: [30], gridMinutes: 30 }).execute();
    await expect(search(tuesday)).rejects.toMatchObject({ code: 'invalid_value', field: 'durationMinutes' });
    expect(await search({ ...tuesday, durationMinutes: 30 })).toEqual(['2026-03-03T10:00', '2026-03-03T10:30']);
    await jitsi.set({ durations: null, gridMinutes: null }).execute();
  });

  it('leave out when a student or the room is taken', async () => {
    const tutor = await aTutor(db);
    await weekly(tutor.id, 2, 10, 12);
    const [student, room] = [await aStudent(db), await aRoom(db)];
    const other = await aTutor(db);
    const plan = {
      programId: program.id,
      subjectId: subject.id,
      tutorId: other.id,
      durationMinutes: 30,
      billable: true,
    } as const;
    await bookSession(db, context, office, {
      ...plan,
      studentIds: [student.id],
      wallStart: '2026-03-03T10:30',
      mode: 'in_person',
      roomId: room.id,
    });
    const half = { tutorIds: [tutor.id], fromDate: '2026-03-03', toDate: '2026-03-04', durationMinutes: 30 };
    const without = ['2026-03-03T10:00', '2026-03-03T11:00', '2026-03-03T11:15', '2026-03-03T11:30'];
    expect(await search({ ...half, studentIds: [student.id] })).toEqual(without);
    expect(await search({ ...half, mode: 'in_person', roomId: room.id })).toEqual(without);
    expect(await search(half)).toHaveLength(7);
  });

  it('take as many statements for ten tutors as for one', async () => {
    const tutors = await Promise.all(Array.from({ length: 10 }, () => aTutor(db)));
    for (const { id } of tutors) await weekly(id, 3, 10, 11);
    const ids = tutors.map(({ id }) => id);
    const month = { fromDate: '2026-03-02', toDate: '2026-03-30' };
    const one = await recordStatements(() => search({ ...month, tutorIds: ids.slice(0, 1) }));
    const ten = await recordStatements(() => search({ ...month, tutorIds: ids }));
    expect(ten).toHaveLength(one.length);
    expect(await search({ ...month, tutorIds: ids })).toHaveLength(40);
  });
});
