import { describe, expect, it } from 'vitest';
import { loadMatchFacts } from '#app/domain/matching/load-match-facts.server.ts';
import { matchOne } from '#app/domain/matching/match.ts';
import type { RequestFacts, TutorFacts } from '#app/domain/matching/match-facts.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import { recordStatements } from '#tests/bench/recorder.ts';
import { aPlace, aStudent } from '#tests/factories/index.ts';
import { ground, office } from '#tests/integration/scheduling/ground.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aClearanceType, aRequestAt } from './requests.ts';

const { db } = await testDatabase();
// Monday 2 March 2026, 09:00 in Dublin.
const { context, subject, program, plan, tutor, book, hours } = await ground(db, { unsetAvailability: 'never' });

async function read(over: Parameters<typeof aRequestAt>[1] = {}) {
  const { id } = await aRequestAt(db, { subjectId: subject.id, programId: program.id, ...over });
  const market = await loadMatchFacts(db, context, { requestIds: [id] });
  const request = market.requests[0] as RequestFacts;
  return { request, market, factsOf: (tutorId: string) => market.tutorsFor(request).find((one) => one.id === tutorId) };
}
const freeOf = (facts: TutorFacts | undefined) => facts?.free.map(({ start, end }) => `${wallOf(start)} to ${wallOf(end)}`);

/** `Tue 16:00` */
const wallOf = (minute: number) => {
  const time = new Date(minute * 60_000).toISOString().slice(11, 16);
  return `${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(minute / 1440)]} ${time}`;
};

const weekly = (tutorId: string, startsOn: string, over: Partial<Parameters<typeof createSeries>[3]> = {}) =>
  aStudent(db).then((student) =>
    createSeries(db, context, office, {
      ...plan,
      tutorId,
      studentIds: [student.id],
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startsOn,
      time: '15:00',
      occurrences: 6,
      ...over,
    }),
  );

describe('when a tutor can in a usual week', () => {
  it('is what the hours valid at the start leave beside what is planned again and again, with the buffer', async () => {
    const { id } = await tutor({ bufferMinutes: 15 });
    await hours(id, 2, 14, 18);
    await hours(id, 3, 9, 10, { validTo: '2026-03-01' });
    await hours(id, 4, 9, 10, { validFrom: '2026-03-09' });
    await weekly(id, '2026-03-03');
    await book(id, '2026-03-05T09:00');
    const { factsOf } = await read();
    expect(freeOf(factsOf(id))).toEqual(['Tue 14:00 to Tue 14:45', 'Tue 16:15 to Tue 18:00', 'Thu 09:00 to Thu 10:00']);
    expect(factsOf(id)?.plannedMinutesPerWeek).toBe(75);
  });

  it('is less what a series takes that begins in the last of the weeks, and what is fortnightly', async () => {
    const { id } = await tutor();
    await hours(id, 2, 15, 18);
    await weekly(id, '2026-03-24');
    await weekly(id, '2026-03-03', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', time: '16:00' });
    expect(freeOf((await read()).factsOf(id))).toEqual(['Tue 17:00 to Tue 18:00']);
  });

  it('counts an open series for a request that starts beyond what is planned of it', async () => {
    const { id } = await tutor();
    await hours(id, 2, 15, 18);
    await weekly(id, '2026-03-03', { occurrences: null });
    await weekly(id, '2026-03-03', { time: '16:00', occurrences: 8 });
    const { factsOf } = await read({ startsOn: '2026-09-01' });
    expect(freeOf(factsOf(id))).toEqual(['Tue 16:00 to Tue 18:00']);
    expect(factsOf(id)?.plannedMinutesPerWeek).toBe(60);
  });

  it('of a tutor elsewhere is said in the organisation’s time; where clocks change apart, only what stays', async () => {
    const { id } = await tutor({ timezone: 'America/New_York' });
    await hours(id, 1, 8, 12);
    // New York changes on 8 March, Dublin on the 29th: three of the four weeks from the 9th lie between.
    expect(freeOf((await read({ startsOn: '2026-03-09' })).factsOf(id))).toEqual(['Mon 12:00 to Mon 16:00']);
    expect(freeOf((await read({ startsOn: '2026-03-16' })).factsOf(id))).toEqual(['Mon 13:00 to Mon 16:00']);
    expect(freeOf((await read({ startsOn: '2026-04-06' })).factsOf(id))).toEqual(['Mon 13:00 to Mon 17:00']);
  });

  it('goes over midnight, and is everything or nothing of a tutor without hours, as the company reads that', async () => {
    const { id } = await tutor();
    await hours(id, 7, 22, 26);
    const unset = await tutor();
    const { factsOf } = await read();
    expect(factsOf(id)?.free).toEqual([
      { start: 0, end: 120 },
      { start: 6 * 1440 + 22 * 60, end: 7 * 1440 },
    ]);
    expect(factsOf(unset.id)?.free).toEqual([]);
    await db
      .updateTable('organisation')
      .set({ scheduling: JSON.stringify({ unsetAvailability: 'always' }) })
      .execute();
    expect((await read()).factsOf(unset.id)?.free).toEqual([{ start: 0, end: 7 * 1440 }]);
    await db
      .updateTable('organisation')
      .set({ scheduling: JSON.stringify({ unsetAvailability: 'never' }) })
      .execute();
  });

  it('doesn’t begin in time off that takes two of the first weeks; of a week of it only is told', async () => {
    const [long, short] = [await tutor(), await tutor()];
    for (const { id } of [long, short]) await hours(id, 2, 10, 12);
    const wall = { zone: 'Europe/Dublin', wallStart: '2026-03-02T00:00:00' };
    const off = { ...wall, startsAt: new Date('2026-03-02T00:00:00Z'), status: 'approved' };
    await db
      .insertInto('timeOff')
      .values([
        { ...off, tutorId: long.id, wallEnd: '2026-03-16T00:00:00', endsAt: new Date('2026-03-16T00:00:00Z') },
        { ...off, tutorId: short.id, wallEnd: '2026-03-09T00:00:00', endsAt: new Date('2026-03-09T00:00:00Z') },
      ])
      .execute();
    const { factsOf } = await read();
    expect(factsOf(long.id)).toMatchObject({ free: [], awayUntil: '2026-03-15' });
    expect(freeOf(factsOf(short.id))).toEqual(['Tue 10:00 to Tue 12:00']);
    expect(factsOf(short.id)?.awayUntil).toBe('2026-03-08');
  });
});

describe('what matching knows', () => {
  it('of hours agreed and not planned yet: they count as planned', async () => {
    const { id } = await tutor({ maxHoursPerWeek: '3' });
    const student = await aStudent(db);
    await db
      .insertInto('engagement')
      .values({
        tutorId: id,
        studentId: student.id,
        programId: program.id,
        subjectId: subject.id,
        startsOn: '2026-01-01',
        hoursPerWeek: '2.5',
      })
      .execute();
    expect((await read()).factsOf(id)).toMatchObject({ plannedMinutesPerWeek: 150, maxMinutesPerWeek: 180 });
  });

  it('of clearances: those needed that run out before the start are lacking, those that run out later are told of', async () => {
    const always = await aClearanceType(db, { name: 'Garda vetting', required: 'always' });
    const atHome = await aClearanceType(db, { name: 'First aid', required: 'in_person', validMonths: 12 });
    const [good, bad] = [await tutor(), await tutor()];
    const valid = { status: 'valid', issuedOn: '2025-04-01' };
    await db
      .insertInto('clearance')
      .values([
        { ...valid, tutorId: good.id, typeId: always, expiresOn: '2026-05-01' },
        { ...valid, tutorId: good.id, typeId: atHome },
        { ...valid, tutorId: bad.id, typeId: always, expiresOn: '2026-03-01' },
        { ...valid, tutorId: bad.id, typeId: atHome, status: 'to_check' },
      ])
      .execute();
    const { factsOf } = await read();
    expect(factsOf(good.id)).toMatchObject({
      lacking: { always: [], inPerson: [] },
      runningOut: [
        { name: 'First aid', on: '2026-03-31', inPersonOnly: true },
        { name: 'Garda vetting', on: '2026-05-01', inPersonOnly: false },
      ],
    });
    expect(factsOf(bad.id)?.lacking).toEqual({ always: ['Garda vetting'], inPerson: ['First aid'] });
    expect((await read({ startsOn: '2026-05-02' })).factsOf(good.id)?.lacking.always).toEqual(['Garda vetting']);
    await db.updateTable('clearanceType').set({ archivedAt: new Date() }).execute();
  });

  it('of a student: who must not have them, who had them, and when they have something else', async () => {
    const student = await aStudent(db);
    const [out, vetoed, known] = [await tutor(), await tutor(), await tutor()];
    await db.insertInto('tutorExclusion').values({ studentId: student.id, tutorId: out.id }).execute();
    const { sessionId } = await book(known.id, '2026-03-03T10:00', { studentIds: [student.id] });
    await db.updateTable('attendance').set({ outcome: 'attended' }).where('sessionId', '=', sessionId).execute();
    const other = await db.insertInto('subject').values({ name: 'Another' }).returning('id').executeTakeFirstOrThrow();
    await weekly(known.id, '2026-03-03', { studentIds: [student.id], subjectId: other.id });
    await weekly(known.id, '2026-03-03', { studentIds: [student.id], time: '17:00' });
    const times = [{ weekday: 2, startMinute: 14 * 60, endMinute: 18 * 60, wished: true }];
    const { id } = await aRequestAt(db, { subjectId: subject.id, programId: program.id, studentId: student.id, times });
    await db.insertInto('matchingWish').values({ requestId: id, tutorId: vetoed.id, kind: 'veto' }).execute();
    const market = await loadMatchFacts(db, context, { requestIds: [id] });
    expect(market.requests[0]?.excludedTutorIds.sort()).toEqual([out.id, vetoed.id].sort());
    expect(market.requests[0]?.times).toEqual([
      { start: 1440 + 14 * 60, end: 1440 + 15 * 60, wished: true },
      { start: 1440 + 16 * 60, end: 1440 + 18 * 60, wished: true },
    ]);
    const facts = market.tutorsFor({ startsOn: '2026-03-02' }).find((one) => one.id === known.id);
    expect(facts?.sessionsWith.get(student.id)).toBe(1);
  });

  it('of a request in another zone: its times in the organisation’s', async () => {
    const times = [{ weekday: 7, startMinute: 20 * 60, endMinute: 22 * 60, wished: true }];
    const { request } = await read({ zone: 'America/New_York', startsOn: '2026-04-06', times });
    expect(request.times).toEqual([{ start: 60, end: 180, wished: true }]);
  });

  it('of where a tutor teaches: the way from there', async () => {
    const { id } = await tutor();
    await hours(id, 2, 14, 18);
    const place = await aPlace(db);
    await weekly(id, '2026-03-03', { mode: 'in_person', placeId: place.id });
    expect((await read()).factsOf(id)?.visits).toMatchObject([
      { start: 1440 + 15 * 60, end: 1440 + 16 * 60, place: { id: place.id } },
    ]);
  });

  it('leaves out who is not active, and requests without a subject; a past start is today', async () => {
    const applicant = await tutor({ status: 'applicant' });
    const archived = await tutor({ archivedAt: new Date() });
    const { request, factsOf } = await read({ startsOn: '2026-01-05' });
    expect(request.startsOn).toBe('2026-03-02');
    expect([factsOf(applicant.id), factsOf(archived.id)]).toEqual([undefined, undefined]);
    const { id } = await aRequestAt(db, {});
    await db.updateTable('request').set({ subjectId: null }).where('id', '=', id).execute();
    expect((await loadMatchFacts(db, context, { requestIds: [id] })).requests).toEqual([]);
  });
});

it('The number of statements doesn’t hang on how many tutors and requests there are; all open requests are read where none is named', async () => {
  const few = await recordStatements(() => read());
  for (let i = 0; i < 5; i++) {
    await tutor();
    await aRequestAt(db, { subjectId: subject.id, startsOn: `2026-0${4 + i}-01` });
  }
  const closed = await aRequestAt(db, { subjectId: subject.id, closedAt: new Date() });
  const many = await recordStatements(async () => {
    const market = await loadMatchFacts(db, context);
    expect(market.requests.length).toBeGreaterThan(5);
    expect(market.requests.map(({ id }) => id)).not.toContain(closed.id);
    for (const request of market.requests) matchOne(request, market.tutorsFor(request), market.terms);
  });
  expect(many.length).toBeLessThanOrEqual(few.length);
});
