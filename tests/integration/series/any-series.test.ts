import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { isDomainError } from '#app/domain/errors.ts';
import { listDates, WEEKDAYS } from '#app/domain/scheduling/recurrence.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { pauseSeries } from '#app/domain/series/pause-series.server.ts';
import type { EditSeriesInput } from '#app/domain/series/series.schema.ts';
import { getSeries } from '#app/domain/series/series-rows.server.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { actor, aSeriesWorld, sessionsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
beforeAll(() => anOrganisation(db));

const zone = fc.constantFrom('Europe/Dublin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Kiritimati');
const time = fc.constantFrom('00:15', '01:30', '02:15', '09:00', '16:00', '23:30');
const rule = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.subarray([...WEEKDAYS], { minLength: 1, maxLength: 3 }))
    .map(([interval, days]) => `FREQ=WEEKLY;INTERVAL=${interval};WKST=MO;BYDAY=${days.join()}`),
  fc.constantFrom('FREQ=DAILY;INTERVAL=2', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;BYDAY=2TU,4TU'),
);
const edit = fc.record({
  /** Which of its sessions it begins at, as a part of all. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  scope: fc.constantFrom('following', 'all'),
  change: fc.record({ rrule: rule, time }, { requiredKeys: [] }),
  what: fc.constantFrom('edit', 'edit', 'move one', 'pause', 'later'),
});

/** Of one tutor: what every series that came of one must keep. */
async function check(tutorId: string): Promise<void> {
  const doubled = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM session_resource a JOIN session_resource b ON a.resource_id = b.resource_id
      AND a.session_id < b.session_id AND a.busy && b.busy AND a.blocking AND b.blocking
    WHERE a.resource_id = ${tutorId}`.execute(db);
  expect(doubled.rows[0]?.n).toBe(0);
  const wrong = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM session s JOIN session_resource r ON r.session_id = s.id AND r.resource_id = s.tutor_id
    WHERE s.tutor_id = ${tutorId} AND r.blocking AND lower(r.busy) <> s.starts_at`.execute(db);
  expect(wrong.rows[0]?.n).toBe(0);
  for (const series of await db.selectFrom('series').selectAll().where('tutorId', '=', tutorId).execute()) {
    const sessions = await sessionsOf(db, series.id);
    const skips = (await db.selectFrom('seriesSkip').select('originalDate').where('seriesId', '=', series.id).execute()).map(
      (row) => row.originalDate,
    );
    const planned = new Set(sessions.map(({ date }) => date));
    const last = series.rolledTo ?? series.startsOn;
    for (const date of listDates(series, { to: last })) {
      // Each day of the rule is exactly one of session and left out.
      const is = [planned.has(date), skips.includes(date)];
      expect([date, ...is]).toEqual([date, ...(is[0] ? [true, false] : [false, true])]);
    }
    for (const session of sessions.filter(
      (one) => one.status === 'scheduled' && !one.seriesException && one.startsAt > ctx.clock(),
    )) {
      expect([session.date, session.wall]).toEqual([
        session.date,
        `${session.date}T${String(Math.floor(series.startMinute / 60)).padStart(2, '0')}:${String(series.startMinute % 60).padStart(2, '0')}`,
      ]);
    }
  }
}

it('whatever is done to a series: nobody is taken twice, no exception is lost, each day of a rule is one session or left out', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(rule, zone, time, fc.array(edit, { minLength: 1, maxLength: 3 }), async (rrule, tz, start, edits) => {
      ctx.setNow('2026-03-02T09:00:00Z');
      const { create, tutor } = await aSeriesWorld(db, ctx);
      const first = await create({
        rrule,
        zone: tz,
        time: start,
        untilOn: '2026-04-25',
        occurrences: null,
        startsOn: '2026-03-03',
        silent: true,
      }).catch((error: unknown) => {
        if (isDomainError(error, 'invalid_value')) return undefined;
        throw error;
      });
      if (!first) return;
      let { seriesId } = first;
      const exceptions = new Map<string, string>();
      for (const step of edits) {
        const sessions = (await sessionsOf(db, seriesId)).filter(
          (one) => one.status === 'scheduled' && one.startsAt > ctx.clock(),
        );
        const one = sessions[Math.min(sessions.length - 1, Math.floor(step.at * sessions.length))];
        if (!one) break;
        if (step.what === 'later') ctx.setNow(new Date(one.startsAt.getTime() - 3_600_000));
        else if (step.what === 'pause')
          await pauseSeries(db, ctx, actor, { seriesId, from: one.date, to: addDays(one.date, 6), by: 'office', reason: '' });
        else if (step.what === 'move one') {
          const { version } = await db.selectFrom('session').select('version').where('id', '=', one.id).executeTakeFirstOrThrow();
          const wallStart = `${addDays(one.date, 1)}T12:00`;
          const moved = await rescheduleSession(db, ctx, actor, {
            sessionId: one.id,
            version,
            wallStart,
            durationMinutes: 60,
            silent: true,
          }).then(
            () => true,
            (error: unknown) => {
              if (isDomainError(error)) return false;
              throw error;
            },
          );
          if (moved) exceptions.set(one.id, wallStart);
        } else seriesId = await change(seriesId, { scope: step.scope as 'all', from: one.date, change: step.change });
        await check(tutor.id);
        for (const [id, wall] of exceptions) {
          const row = await db
            .selectFrom('session')
            .select(['wallStart', 'status', 'seriesId'])
            .where('id', '=', id)
            .executeTakeFirstOrThrow();
          if (row.status === 'scheduled') expect(String(row.wallStart).slice(0, 16).replace(' ', 'T')).toBe(wall);
          expect(row.seriesId).not.toBeNull();
        }
      }
    }),
    { numRuns: 20 },
  );
});

/** What is in the way stays where it is, or is left out. */
async function change(seriesId: string, what: Pick<EditSeriesInput, 'scope' | 'from' | 'change'>): Promise<string> {
  const { version } = await getSeries(db, seriesId);
  const input = { seriesId, version, editId: randomUUID(), ...what };
  try {
    return (await editSeries(db, ctx, actor, input)).seriesId;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const occurrences = (error.details as { occurrences?: { date: string }[] } | undefined)?.occurrences;
    if (!occurrences) return seriesId;
    for (const action of ['keep', 'skip'] as const) {
      try {
        const decisions = occurrences.map(({ date }) => ({ date, action }));
        return (await editSeries(db, ctx, actor, { ...input, decisions })).seriesId;
      } catch (again) {
        if (!isDomainError(again)) throw again;
      }
    }
    return seriesId;
  }
}
