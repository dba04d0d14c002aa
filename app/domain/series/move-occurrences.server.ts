import { sql, type Transaction } from 'kysely';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { PlannedOccurrence } from './occurrences.ts';
import type { SeriesSession } from './series-rows.server.ts';

export interface Moving {
  session: SeriesSession;
  occurrence: PlannedOccurrence;
  overruled: ReadonlySet<string>;
}

interface Target {
  tutorId: string;
  bufferMinutes: number;
  roomId: string | null;
  placeId: string | null;
}

/**
 * Moves sessions to other times (and tutors, rooms), all in one statement each for the sessions and for who is taken: the
 * constraint against double booking is asked when all have moved, so that they may move over one another.
 */
export async function moveOccurrences(trx: Transaction<DB>, moving: readonly Moving[], target: Target): Promise<void> {
  if (moving.length === 0) return;
  const sessions = moving.map(({ session, occurrence }) => ({
    id: session.id,
    starts_at: occurrence.startsAt,
    ends_at: occurrence.endsAt,
    wall_start: occurrence.wallStart,
    duration_minutes: occurrence.durationMinutes,
    local_date: occurrence.localDate,
    moved: occurrence.moved,
  }));
  await sql`
    UPDATE session s SET starts_at = m.starts_at, ends_at = m.ends_at, wall_start = m.wall_start, duration_minutes = m.duration_minutes,
      local_date = m.local_date, series_exception = m.moved, tutor_id = ${target.tutorId}::uuid, room_id = ${target.roomId}::uuid,
      place_id = ${target.placeId}::uuid, version = s.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) AS m(id uuid, starts_at timestamptz, ends_at timestamptz,
      wall_start timestamp, duration_minutes int, local_date date, moved boolean)
    WHERE s.id = m.id`.execute(trx);

  const taken = moving.flatMap(({ session, occurrence, overruled }) => {
    const row = (resourceId: string, until: Date) => ({
      session_id: session.id,
      resource_id: resourceId,
      starts: occurrence.startsAt,
      until,
      blocking: !overruled.has(resourceId),
    });
    return [
      row(target.tutorId, addMinutes(occurrence.endsAt, target.bufferMinutes)),
      ...session.studentIds.map((id) => row(id, occurrence.endsAt)),
      ...(target.roomId ? [row(target.roomId, occurrence.endsAt)] : []),
    ];
  });
  const rows = JSON.stringify(taken);
  // Who is no longer in them: a former tutor, a former room. Rows of who cancelled don't block and stay.
  await sql`
    DELETE FROM session_resource r WHERE r.session_id = ANY(${sessions.map(({ id }) => id)}::uuid[]) AND r.blocking
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS w(session_id uuid, resource_id uuid)
        WHERE w.session_id = r.session_id AND w.resource_id = r.resource_id)`.execute(trx);
  await sql`
    WITH wanted AS MATERIALIZED (
      SELECT session_id, resource_id, tstzrange(starts, until) AS busy, blocking
      FROM jsonb_to_recordset(${rows}::jsonb) AS w(session_id uuid, resource_id uuid, starts timestamptz, until timestamptz, blocking boolean)
    ), moved AS (
      UPDATE session_resource r SET busy = w.busy, blocking = w.blocking FROM wanted w
      WHERE r.session_id = w.session_id AND r.resource_id = w.resource_id RETURNING r.session_id, r.resource_id
    )
    INSERT INTO session_resource (session_id, resource_id, busy, blocking)
    SELECT * FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM moved m WHERE m.session_id = w.session_id AND m.resource_id = w.resource_id)
  `.execute(trx);
}

/** Gives sessions their day of the changed rule, and their series where it was cut. */
export async function reparent(
  trx: Transaction<DB>,
  seriesId: string,
  sessions: readonly { id: string; date: string; exception: boolean }[],
): Promise<void> {
  if (sessions.length === 0) return;
  await sql`
    UPDATE session s SET series_id = ${seriesId}::uuid, original_date = m.date, series_exception = s.series_exception OR m.exception
    FROM jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) AS m(id uuid, date date, exception boolean)
    WHERE s.id = m.id`.execute(trx);
}
