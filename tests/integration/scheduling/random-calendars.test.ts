import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import type { BookedBy } from '#app/domain/scheduling/fit.ts';
import { listSlots } from '#app/domain/scheduling/list-slots.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { aPlace, aStudent } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { ground, office, refusedFor } from './ground.ts';

const { db } = await testDatabase();
const { context, tutor, program, plan } = await ground(db, { minNoticeMinutes: 0, horizonDays: 365 });
const students = await Promise.all([aStudent(db), aStudent(db)]);
const places = [
  await aPlace(db),
  await aPlace(db, { latitude: '53.3866', longitude: '-6.0654' }),
  await aPlace(db, { latitude: null, longitude: null }),
];

const zones = ['Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Europe/Dublin'];
/** The days about which the clocks of these zones change, and an ordinary one. */
const firstDays = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2026-06-10'];

const span = fc
  .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 2, max: 30 }))
  .map(([start, length]) => ({ startMinute: start * 30, endMinute: (start + length) * 30 }));
const edit = fc.record({
  what: fc.constantFrom('book', 'move', 'cancel'),
  halfHour: fc.integer({ min: 0, max: 95 }),
  minutes: fc.constantFrom(30, 60, 90),
  place: fc.integer({ min: -1, max: 2 }),
  student: fc.integer({ min: 0, max: 1 }),
  by: fc.constantFrom<BookedBy>('office', 'family', 'tutor'),
  which: fc.nat(20),
});
const world = fc.record({
  zone: fc.constantFrom(...zones),
  organisationZone: fc.constantFrom(...zones),
  day: fc.constantFrom(...firstDays),
  buffer: fc.constantFrom(0, 10, 30),
  limit: fc.option(fc.constantFrom(120, 240)),
  rules: fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), span), { minLength: 3, maxLength: 10 }),
  exceptions: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean(), span), { maxLength: 2 }),
  edits: fc.array(edit, { maxLength: 12 }),
  tries: fc.array(
    fc.record({
      quarter: fc.integer({ min: 0, max: 191 }),
      minutes: fc.constantFrom(30, 60),
      place: fc.integer({ min: -1, max: 2 }),
    }),
    {
      minLength: 6,
      maxLength: 10,
    },
  ),
});

const wallAt = (day: string, minute: number) =>
  `${addDays(day, Math.floor(minute / 1440))}T${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const whereOf = (place: number) => {
  const placeId = places[place]?.id;
  return placeId === undefined ? ({ mode: 'online' } as const) : ({ mode: 'in_person', placeId } as const);
};

describe('random calendars, zones and edits', () => {
  it('nothing overlaps, what is listed can be booked, and what can be booked is listed', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (w) => {
        await db.updateTable('organisation').set({ timezone: w.organisationZone }).execute();
        const tess = await tutor({
          timezone: w.zone,
          bufferMinutes: w.buffer,
          schedulingOverrides: JSON.stringify({ maxMinutesPerDay: w.limit }),
        });
        await db
          .insertInto('availabilityRule')
          .values(w.rules.map(([weekday, own]) => ({ tutorId: tess.id, weekday, ...own })))
          .execute();
        if (w.exceptions.length > 0)
          await db
            .insertInto('availabilityException')
            .values(
              w.exceptions.map(([offset, open, own]) => ({ tutorId: tess.id, localDate: addDays(w.day, offset), open, ...own })),
            )
            .execute();
        const made: string[] = [];
        for (const one of w.edits) {
          const wallStart = wallAt(w.day, one.halfHour * 30);
          const sessionId = made[one.which % Math.max(made.length, 1)] ?? '';
          const student = students[one.student]?.id ?? '';
          if (one.what === 'book' || sessionId === '') {
            const input = {
              ...plan,
              ...whereOf(one.place),
              durationMinutes: one.minutes,
              tutorId: tess.id,
              studentIds: [student],
              wallStart,
            };
            await refusedFor(
              bookSession(db, context, office, { ...input, by: one.by }).then((done) => made.push(done.sessionId)),
            );
          } else if (one.what === 'move') {
            const { version } = await db
              .selectFrom('session')
              .select('version')
              .where('id', '=', sessionId)
              .executeTakeFirstOrThrow();
            await refusedFor(
              rescheduleSession(db, context, office, {
                sessionId,
                version,
                wallStart,
                durationMinutes: one.minutes,
                zone: w.organisationZone,
                by: one.by,
              }),
            );
          } else await refusedFor(cancelSession(db, context, office, { sessionId, by: 'office', reason: '' }));
        }
        await expectNoOverlap();

        for (const { quarter, minutes, place } of w.tries) {
          const [by, student] = ['family' as const, students[quarter % 2]?.id ?? ''];
          const where = whereOf(place);
          const wallStart = wallAt(w.day, quarter * 15);
          const listed = await listSlots(db, context, {
            ...where,
            tutorIds: [tess.id],
            programId: program.id,
            durationMinutes: minutes,
            fromDate: w.day,
            toDate: addDays(w.day, 2),
            studentIds: [student],
            by,
          });
          const one = { ...plan, ...where, tutorId: tess.id, studentIds: [student], durationMinutes: minutes, by };
          const asked = await dryly({ ...one, wallStart });
          expect([wallStart, asked.length === 0]).toEqual([wallStart, listed.some((slot) => slot.wallStart === wallStart)]);
          const slot = listed[quarter % Math.max(listed.length, 1)];
          if (slot) expect([slot.wallStart, await dryly({ ...one, wallStart: slot.wallStart })]).toEqual([slot.wallStart, []]);
        }
      }),
      { numRuns: 20 },
    );
  }, 180_000);
});

/** What refuses a booking that is made and taken back at once. */
async function dryly(input: Parameters<typeof bookSession>[3]): Promise<string[]> {
  const done = new Error('taken back');
  try {
    return await db.transaction().execute(async (trx) => {
      const codes = await refusedFor(bookSession(trx, context, office, input));
      if (codes.length === 0) throw done;
      return codes;
    });
  } catch (error) {
    if (error === done) return [];
    throw error;
  }
}

async function expectNoOverlap(): Promise<void> {
  const { rows } = await sql`
    SELECT a.resource_id FROM session_resource a JOIN session_resource b
      ON a.resource_id = b.resource_id AND a.session_id < b.session_id AND a.busy && b.busy AND a.blocking AND b.blocking`.execute(
    db,
  );
  expect(rows).toEqual([]);
}
