import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import type { BookedBy } from '#app/domain/scheduling/fit.ts';
import { listSlots } from '#app/domain/scheduling/list-slots.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { aPlace, aRoom, aStudent } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { ground, office, refusedFor } from './ground.ts';

/** What other products got wrong, each by its name in the design; the pure half of them is tested beside the rules. */
const { db } = await testDatabase({ max: 55 });
const { context, tutor, hours, book, booking, program } = await ground(db, { unsetAvailability: 'always' });

const slots = async (tutorId: string, fromDate: string, toDate: string, over: Partial<Parameters<typeof listSlots>[2]> = {}) => {
  const search = {
    tutorIds: [tutorId],
    programId: program.id,
    durationMinutes: 60,
    fromDate,
    toDate,
    mode: 'online',
    by: 'family',
  } as const;
  return (await listSlots(db, context, { ...search, ...over })).map((slot) => slot.wallStart);
};
const ways: BookedBy[] = ['office', 'api', 'tutor', 'family', 'storefront'];

describe('N at once for one slot', () => {
  it('through five ways in: one wins, and the others are told with what they clash', async () => {
    const tess = await tutor();
    const asked = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        booking(tess.id, n % 2 ? '2026-03-10T15:00' : '2026-03-10T15:30', { by: ways[n % 5] }),
      ),
    );
    const results = await Promise.all(asked.map((input) => refusedFor(bookSession(db, context, office, input))));
    expect(results.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(new Set(results.flat())).toEqual(new Set(['tutor_conflict']));
  });

  it('for one room by many tutors: one has it', async () => {
    const room = await aRoom(db);
    const tutors = await Promise.all(Array.from({ length: 12 }, () => tutor()));
    const results = await Promise.all(
      tutors.map(async ({ id }) => refusedFor(book(id, '2026-03-11T10:00', { mode: 'in_person', roomId: room.id }))),
    );
    expect(results.filter((codes) => codes.length === 0)).toHaveLength(1);
  });

  it("at one tutor's different hours of a day, a day's limit is never passed", async () => {
    const tess = await tutor({ schedulingOverrides: JSON.stringify({ maxMinutesPerDay: 120 }) });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        refusedFor(book(tess.id, `2026-03-12T${String(9 + n).padStart(2, '0')}:00`, { by: 'family' })),
      ),
    );
    expect(results.filter((codes) => codes.length === 0)).toHaveLength(2);
    expect(new Set(results.flat())).toEqual(new Set(['over_limit']));
  });

  it('at two places too far apart, only one of two neighbours is booked', async () => {
    const tess = await tutor();
    const [one, other] = [await aPlace(db), await aPlace(db, { latitude: '53.3866', longitude: '-6.0654' })];
    const results = await Promise.all([
      refusedFor(book(tess.id, '2026-03-12T09:00', { mode: 'in_person', placeId: one.id })),
      refusedFor(book(tess.id, '2026-03-12T10:15', { mode: 'in_person', placeId: other.id })),
    ]);
    expect(results.map((codes) => codes.join()).sort()).toEqual(['', 'travel_conflict']);
  });
});

describe("the office's and the API's path refuse what the page refuses", () => {
  it('a tutor, a room, a way or a time that does not exist can be overruled by nobody, and the dry run says the same', async () => {
    const tess = await tutor();
    const [place, far, room] = [
      await aPlace(db),
      await aPlace(db, { latitude: '53.3866', longitude: '-6.0654' }),
      await aRoom(db),
    ];
    await book(tess.id, '2026-03-17T10:00', { mode: 'in_person', placeId: place.id });
    await book((await tutor()).id, '2026-03-17T12:00', { mode: 'in_person', roomId: room.id });
    const cases = [
      ['tutor_conflict', '2026-03-17T10:30', {}],
      ['room_conflict', '2026-03-17T12:30', { mode: 'in_person', roomId: room.id }],
      ['travel_conflict', '2026-03-17T11:15', { mode: 'in_person', placeId: far.id }],
      ['off_grid', '2026-03-17T15:05', {}],
    ] as const;
    for (const by of ways)
      for (const [code, wallStart, over] of cases) {
        const input = await booking(tess.id, wallStart, { ...over, by });
        expect(await refusedFor(bookSession(db, context, office, input))).toEqual([code]);
        const { problems } = await checkBooking(db, context, input);
        expect(problems.filter(({ severity }) => severity === 'blocking').map((problem) => problem.code)).toEqual([code]);
      }
    const skipped = await booking(tess.id, '2026-03-29T01:30', {});
    for (const by of ways)
      expect(await refusedFor(bookSession(db, context, office, { ...skipped, by }))).toEqual(['nonexistent_time']);
  });

  it("a student's clash is the office's to overrule, not a family's or a tutor's", async () => {
    const student = await aStudent(db);
    await book((await tutor()).id, '2026-03-18T10:00', { studentIds: [student.id] });
    const other = await tutor();
    const again = { studentIds: [student.id], overruleStudentConflict: true };
    for (const by of ['tutor', 'family', 'storefront'] as const)
      expect(await refusedFor(book(other.id, '2026-03-18T10:00', { ...again, by }))).toEqual(['student_conflict']);
    expect(await refusedFor(book(other.id, '2026-03-18T10:00', again))).toEqual([]);
  });
});

describe('buffers, moves and cancellations', () => {
  it("buffers don't double", async () => {
    const tess = await tutor({ bufferMinutes: 15 });
    await book(tess.id, '2026-03-10T10:00');
    expect(await refusedFor(book(tess.id, '2026-03-10T11:00'))).toEqual(['tutor_conflict']);
    expect(await refusedFor(book(tess.id, '2026-03-10T11:15'))).toEqual([]);
    expect(await refusedFor(book(tess.id, '2026-03-10T08:45'))).toEqual([]);
    expect(await slots(tess.id, '2026-03-10', '2026-03-11')).not.toContain('2026-03-10T07:45');
    expect(await slots(tess.id, '2026-03-10', '2026-03-11')).toContain('2026-03-10T07:30');
  });

  it('a session is moved 15 minutes over itself, and by a way that only it is in', async () => {
    const tess = await tutor({ bufferMinutes: 15 });
    const place = await aPlace(db);
    const { sessionId } = await book(tess.id, '2026-03-10T10:00', { mode: 'in_person', placeId: place.id });
    const to = { sessionId, durationMinutes: 60 };
    await rescheduleSession(db, context, office, { ...to, version: 1, wallStart: '2026-03-10T10:15' });
    await rescheduleSession(db, context, office, {
      ...to,
      version: 2,
      wallStart: '2026-03-10T10:00',
      durationMinutes: 90,
      by: 'family',
    });
    expect(await slots(tess.id, '2026-03-10', '2026-03-11', { exceptSessionId: sessionId })).toContain('2026-03-10T10:30');
  });

  it("a day's limit counts a session that is moved once", async () => {
    const tess = await tutor({ schedulingOverrides: JSON.stringify({ maxMinutesPerDay: 60 }) });
    const { sessionId } = await book(tess.id, '2026-03-10T10:00');
    const move = { sessionId, version: 1, wallStart: '2026-03-10T12:00', durationMinutes: 60, by: 'tutor' } as const;
    expect(await refusedFor(rescheduleSession(db, context, office, move))).toEqual([]);
  });

  it('a cancelled one blocks nothing', async () => {
    const tess = await tutor();
    const { sessionId } = await book(tess.id, '2026-03-10T10:00');
    expect(await slots(tess.id, '2026-03-10', '2026-03-11')).not.toContain('2026-03-10T10:00');
    await cancelSession(db, context, office, { sessionId, by: 'office', reason: '' });
    expect(await slots(tess.id, '2026-03-10', '2026-03-11')).toContain('2026-03-10T10:00');
    expect(await refusedFor(book(tess.id, '2026-03-10T10:00', { by: 'family' }))).toEqual([]);
  });

  it('a place whose time ran out blocks nothing, one that is kept does', async () => {
    const tess = await tutor();
    const keep = async (expiresAt: string, from: string, to: string) => {
      const { id } = await db
        .insertInto('hold')
        .values({
          tokenHash: crypto.randomUUID(),
          tutorId: tess.id,
          startsAt: new Date(from),
          endsAt: new Date(to),
          expiresAt: new Date(expiresAt),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('sessionResource')
        .values({ holdId: id, resourceId: tess.id, busy: sql<string>`tstzrange(${from}, ${to})` })
        .execute();
    };
    await keep('2026-03-02T08:59:00Z', '2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z');
    await keep('2026-03-02T09:10:00Z', '2026-03-10T12:00:00Z', '2026-03-10T13:00:00Z');
    const free = await slots(tess.id, '2026-03-10', '2026-03-11');
    expect(free).toContain('2026-03-10T10:00');
    expect(free).not.toContain('2026-03-10T12:00');
    expect(await refusedFor(book(tess.id, '2026-03-10T12:30'))).toEqual(['tutor_conflict']);
    expect(await refusedFor(book(tess.id, '2026-03-10T10:00'))).toEqual([]);
  });
});

describe('clocks', () => {
  it('on the day they change and in the weeks after, the tutor has the same hours', async () => {
    const tess = await tutor();
    await hours(tess.id, 7, 9, 11);
    expect(await slots(tess.id, '2026-03-22', '2026-04-06')).toEqual(
      ['2026-03-22', '2026-03-29', '2026-04-05'].flatMap((day) =>
        ['09:00', '09:15', '09:30', '09:45', '10:00'].map((time) => `${day}T${time}`),
      ),
    );
  });

  it('a time that does not exist is not listed, one that comes twice is listed once, and both can be booked as listed', async () => {
    const tess = await tutor();
    await hours(tess.id, 7, 0, 4);
    const half = { durationMinutes: 30, by: 'office' } as const;
    const spring = await slots(tess.id, '2026-03-29', '2026-03-30', half);
    expect(spring.filter((start) => start.slice(11) < '02:30')).toEqual(
      ['00:00', '00:15', '00:30', '00:45', '02:00', '02:15'].map((time) => `2026-03-29T${time}`),
    );
    const autumn = await slots(tess.id, '2026-10-25', '2026-10-26', half);
    expect(new Set(autumn).size).toBe(autumn.length);
    for (const wallStart of ['2026-10-25T01:30', '2026-03-29T00:45']) {
      const { sessionId } = await book(tess.id, wallStart, { durationMinutes: 30 });
      const session = await db
        .selectFrom('session')
        .select(['startsAt', 'durationMinutes'])
        .where('id', '=', sessionId)
        .executeTakeFirst();
      expect(session?.startsAt).toEqual(
        new Date(wallStart.startsWith('2026-10') ? '2026-10-25T00:30:00Z' : '2026-03-29T00:45:00Z'),
      );
    }
    // Only the first half past one is taken.
    expect(await slots(tess.id, '2026-10-25', '2026-10-26', half)).not.toContain('2026-10-25T01:30');
  });

  it.each([
    ['Australia/Lord_Howe', '2026-04-04', '2026-04-06', '2026-04-04T23:30'],
    ['Asia/Kathmandu', '2026-04-04', '2026-04-06', '2026-04-05T04:15'],
    ['America/New_York', '2026-03-07', '2026-03-09', '2026-03-08T13:00'],
  ])(
    'a tutor in %s is free at their nine on a Sunday, which is listed in the organisation’s time',
    async (timezone, from, to, listed) => {
      const tess = await tutor({ timezone });
      await hours(tess.id, 7, 9, 10);
      expect(await slots(tess.id, from, to)).toEqual([listed]);
    },
  );
});

describe('days', () => {
  const offFor = (tutorId: string, from: string, to: string) =>
    db
      .insertInto('timeOff')
      .values({
        tutorId,
        startsAt: new Date(`${from}T00:00Z`),
        endsAt: new Date(`${to}T00:00Z`),
        wallStart: `${from}T00:00`,
        wallEnd: `${to}T00:00`,
        zone: 'Europe/Dublin',
        status: 'approved',
      })
      .execute();

  it('an exception opens a day that is off, on the right day in another zone', async () => {
    const tess = await tutor({ timezone: 'Pacific/Auckland' });
    await hours(tess.id, 1, 9, 10);
    await db
      .insertInto('availabilityException')
      .values({ tutorId: tess.id, localDate: '2026-03-12', open: true, startMinute: 540, endMinute: 600 })
      .execute();
    // Thursday, nine in the morning in Auckland, is Wednesday evening in Dublin.
    expect(await slots(tess.id, '2026-03-10', '2026-03-14')).toEqual(['2026-03-11T20:00']);
  });

  it('hours over midnight do not spill into a closed day', async () => {
    const tess = await tutor();
    await hours(tess.id, 5, 22, 26);
    await db
      .insertInto('availabilityException')
      .values({ tutorId: tess.id, localDate: '2026-03-14', open: false, startMinute: 0, endMinute: 1440 })
      .execute();
    expect(await slots(tess.id, '2026-03-13', '2026-03-15')).toEqual(
      ['22:00', '22:15', '22:30', '22:45', '23:00'].map((time) => `2026-03-13T${time}`),
    );
    expect(await slots(tess.id, '2026-03-21', '2026-03-22')).toEqual(
      ['00:00', '00:15', '00:30', '00:45', '01:00'].map((time) => `2026-03-21T${time}`),
    );
  });

  it('several days off block each of them, for groups too', async () => {
    const tess = await tutor();
    await offFor(tess.id, '2026-03-16', '2026-03-19');
    const free = await slots(tess.id, '2026-03-15', '2026-03-20');
    expect(new Set(free.map((start) => start.slice(0, 10)))).toEqual(new Set(['2026-03-15', '2026-03-19']));
    expect(free).not.toContain('2026-03-15T23:30');
    const group = (await Promise.all([aStudent(db), aStudent(db), aStudent(db)])).map(({ id }) => id);
    for (const day of ['2026-03-16', '2026-03-17', '2026-03-18'])
      expect(await refusedFor(book(tess.id, `${day}T10:00`, { by: 'tutor', studentIds: group }))).toEqual(['time_off']);
    expect(await refusedFor(book(tess.id, '2026-03-19T10:00', { by: 'tutor', studentIds: group }))).toEqual([]);
  });

  it('a closed day of the company is its day, wherever the tutor is; of a program it is closed to that alone', async () => {
    const tess = await tutor({ timezone: 'America/New_York' });
    await db.insertInto('closure').values({ name: 'Easter Monday', startsOn: '2026-04-06', endsOn: '2026-04-06' }).execute();
    expect(await refusedFor(book(tess.id, '2026-04-06T23:30', { by: 'family' }))).toEqual(['closed']);
    expect(await refusedFor(book(tess.id, '2026-04-07T00:00', { by: 'family' }))).toEqual([]);
    const other = await db.insertInto('program').values({ name: 'Exam course' }).returning('id').executeTakeFirstOrThrow();
    await db
      .insertInto('closure')
      .values({ name: 'Exams', startsOn: '2026-04-08', endsOn: '2026-04-09', programId: other.id })
      .execute();
    expect(await refusedFor(book(tess.id, '2026-04-08T10:00', { by: 'family' }))).toEqual([]);
    expect(await refusedFor(book(tess.id, '2026-04-09T10:00', { by: 'family', programId: other.id }))).toEqual(['closed']);
  });

  it('a long session still fits a free window under twice its length', async () => {
    const tess = await tutor();
    await hours(tess.id, 3, 9, 12.5);
    const long = { durationMinutes: 120 };
    expect(await slots(tess.id, '2026-03-18', '2026-03-19', long)).toEqual(
      ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30'].map((time) => `2026-03-18T${time}`),
    );
    await book(tess.id, '2026-03-18T09:00', { durationMinutes: 30 });
    expect(await slots(tess.id, '2026-03-18', '2026-03-19', long)).toEqual(
      ['09:30', '09:45', '10:00', '10:15', '10:30'].map((time) => `2026-03-18T${time}`),
    );
  });
});

describe('travel between two places', () => {
  it('is asked of both neighbours, by the table before the map, and leaves the larger of way and buffer', async () => {
    const tess = await tutor({ bufferMinutes: 10 });
    const [high, home] = await Promise.all([
      aPlace(db, { name: 'Lincoln High' }),
      aPlace(db, { name: 'Vale family', latitude: '53.3866', longitude: '-6.0654' }),
    ]);
    const [from, to] = [high.id, home.id].sort() as [string, string];
    await db.insertInto('travelTime').values({ fromPlaceId: from, toPlaceId: to, minutes: 12 }).execute();
    const at = (placeId: string) => ({ mode: 'in_person', placeId, durationMinutes: 45 }) as const;
    await book(tess.id, '2026-03-24T10:00', at(high.id));
    await book(tess.id, '2026-03-24T13:00', at(high.id));
    const refused = await book(tess.id, '2026-03-24T12:00', { ...at(home.id), durationMinutes: 60 }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'tutor_conflict' });
    expect(await refusedFor(book(tess.id, '2026-03-24T12:00', at(home.id)))).toEqual([]);
    // Eleven to a quarter to twelve: a quarter of an hour on either side is enough.
    const free = await slots(tess.id, '2026-03-24', '2026-03-25', { ...at(home.id), placeId: home.id });
    expect(free).toContain('2026-03-24T11:00');
    const elsewhere = await slots(tess.id, '2026-03-24', '2026-03-25', { ...at(high.id), placeId: high.id });
    expect(elsewhere).toContain('2026-03-24T11:00');
    expect(elsewhere).not.toContain('2026-03-24T09:15');
  });

  it("counts from the place of a session's room", async () => {
    const tess = await tutor();
    const [school, home] = [
      await aPlace(db, { name: 'Lincoln High' }),
      await aPlace(db, { name: 'Vale family', latitude: '53.3866', longitude: '-6.0654' }),
    ];
    const room = await aRoom(db, { placeId: school.id });
    await book(tess.id, '2026-03-25T10:00', { mode: 'in_person', roomId: room.id });
    const refused = await book(tess.id, '2026-03-25T11:15', { mode: 'in_person', placeId: home.id }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'travel_conflict', message: '27 min from Lincoln High to Vale family, only 15 free.' });
  });

  it('is asked again when a cancelled session is taken back', async () => {
    const tess = await tutor();
    const [here, there] = [await aPlace(db), await aPlace(db, { latitude: '53.3866', longitude: '-6.0654' })];
    const at = (placeId: string) => ({ mode: 'in_person', placeId }) as const;
    const { sessionId } = await book(tess.id, '2026-03-26T10:00', at(here.id));
    await cancelSession(db, context, office, { sessionId, by: 'office', reason: '' });
    await book(tess.id, '2026-03-26T11:00', at(there.id));
    expect(await refusedFor(restoreSession(db, context, office, { sessionId }))).toEqual(['travel_conflict']);
  });
});
