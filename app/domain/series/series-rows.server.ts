import { type Kysely, sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { EditedSession, Frozen } from './series-edit.ts';

/** What a use case on a series reads of it. */

export async function findSeries(db: Kysely<DB>, seriesId: string) {
  return db.selectFrom('series').selectAll().where('id', '=', seriesId).executeTakeFirst();
}

export type SeriesRow = NonNullable<Awaited<ReturnType<typeof findSeries>>>;

const missing = () => new DomainError('not_found', 'This series does not exist.');

/** @throws DomainError not_found */
export async function getSeries(db: Kysely<DB>, seriesId: string): Promise<SeriesRow> {
  const series = await findSeries(db, seriesId);
  if (!series) throw missing();
  return series;
}

/**
 * The series' row, locked for a change, and its sessions' rows after it, in one order: whoever changes single ones of
 * them waits, and nobody waits in a circle. Resources are locked before it. @throws DomainError not_found
 */
export async function lockSeries(trx: Transaction<DB>, seriesId: string): Promise<SeriesRow> {
  const series = await trx.selectFrom('series').selectAll().where('id', '=', seriesId).forUpdate().executeTakeFirst();
  if (!series) throw missing();
  await sql`SELECT 1 FROM session WHERE series_id = ${seriesId} ORDER BY id FOR UPDATE`.execute(trx);
  return series;
}

/** @throws DomainError conflict when somebody changed it since it was read */
export function checkSeriesVersion(series: { version: number }, version: number): void {
  if (series.version !== version)
    throw new DomainError(
      'conflict',
      'Somebody else changed this series while you were looking at it. Look again before you save.',
    );
}

/** A session of a series with what its edit must know. */
export interface SeriesSession extends EditedSession {
  wallStart: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  tutorId: string;
  roomId: string | null;
  placeId: string | null;
  title: string;
  description: string;
  location: string;
  status: string;
  version: number;
  /** Who is left in it. */
  studentIds: string[];
  hasMeeting: boolean;
}

/** The sessions of a series, by the day the rule gave, and why each can't change, if so. One statement. */
export async function listSeriesSessions(db: Kysely<DB>, seriesId: string, now: Date): Promise<SeriesSession[]> {
  const { rows } = await sql<SeriesSession>`
    SELECT s.id, s.original_date::text AS original_date, to_char(s.wall_start, 'YYYY-MM-DD"T"HH24:MI') AS wall_start,
      s.starts_at, s.ends_at, s.duration_minutes, s.tutor_id, s.room_id, s.place_id, s.title, s.description, s.location, s.status, s.version,
      ARRAY(SELECT student_id::text FROM attendance a WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS student_ids,
      EXISTS (SELECT 1 FROM meeting m WHERE m.session_id = s.id) AS has_meeting,
      CASE
        WHEN s.status IN ('cancelled', 'late_cancelled', 'rescheduled', 'declined') THEN 'cancelled'
        WHEN s.starts_at <= ${now} THEN 'past'
        WHEN s.status <> 'scheduled' OR EXISTS (SELECT 1 FROM close_out c WHERE c.session_id = s.id) THEN 'closed_out'
        WHEN EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND (a.outcome = 'late_cancel' OR EXISTS (
               SELECT 1 FROM charge c WHERE c.attendance_id = a.id AND c.run_id IS NOT NULL AND c.reversed_at IS NULL)))
          OR EXISTS (SELECT 1 FROM pay_item p WHERE p.session_id = s.id AND p.run_id IS NOT NULL) THEN 'billed'
        WHEN s.series_exception THEN 'exception'
      END AS frozen
    FROM session s WHERE s.series_id = ${seriesId} ORDER BY s.original_date`.execute(db);
  // Over is over, whatever became of it.
  return rows.map((row) =>
    row.frozen === 'cancelled' && row.startsAt <= now ? { ...row, frozen: 'past' satisfies Frozen } : row,
  );
}

export async function listSkips(db: Kysely<DB>, seriesId: string) {
  return db.selectFrom('seriesSkip').selectAll().where('seriesId', '=', seriesId).orderBy('originalDate').execute();
}

/** Who is in a series on a day, of its members. */
export function membersOn(
  members: readonly { studentId: string; fromOn: string; toOn: string | null }[],
  date: string,
): string[] {
  return members
    .filter(({ fromOn, toOn }) => fromOn <= date && (toOn === null || toOn >= date))
    .map(({ studentId }) => studentId);
}

export async function listMembers(db: Kysely<DB>, seriesId: string) {
  return db.selectFrom('seriesStudent').select(['studentId', 'fromOn', 'toOn']).where('seriesId', '=', seriesId).execute();
}
