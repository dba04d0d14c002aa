import { describe, expect, it } from 'vitest';
import { listSlots, type SlotSearch } from '#app/domain/scheduling/list-slots.server.ts';
import { anOrganisation, aProgram, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
// A Monday, 09:00 in Dublin.
const context = testContext(db, { now: '2026-03-02T09:00:00Z' });
await anOrganisation(db, { scheduling: JSON.stringify({ unsetAvailability: 'never', minNoticeMinutes: 120, horizonDays: 30 }) });
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
});
