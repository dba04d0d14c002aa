import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { listSessions, type SessionRow } from '#app/domain/scheduling/queries.server.ts';
import type { Recurrence } from '#app/domain/scheduling/recurrence.ts';
import type { DB } from '#db/types.ts';

export interface SeriesFilter {
  /** Running: there is still something to come, or it is carried on. */
  state: 'running' | 'ended' | 'all';
  /** With days that the office has to look at. */
  toDecide: boolean;
  /** In a reference, title, subject, program, or a name. */
  q: string;
  page: number;
}

export interface SeriesListRow extends Recurrence {
  id: string;
  ref: string;
  title: string;
  tutorName: string;
  programName: string;
  studentNames: string[];
  startMinute: number;
  zone: string;
  endedAt: Date | null;
  nextAt: Date | null;
  /** Still to come. */
  left: number;
  /** Days left out that the office has to look at. */
  toDecide: number;
  courseName: string | null;
}

const PAGE = 50;

/** Series by what comes next; one statement and a count. */
export async function listSeries(db: Kysely<DB>, filter: SeriesFilter, now: Date) {
  const where = conditions(filter, now);
  const { rows } = await sql<SeriesListRow & { total: number }>`
    SELECT s.id, s.ref, coalesce(nullif(s.title, ''), sub.name) AS title, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name,
      p.name AS program_name, s.rrule, s.starts_on::text AS starts_on, s.until_on::text AS until_on, s.occurrences, s.start_minute, s.zone, s.ended_at,
      ARRAY(SELECT concat_ws(' ', st.first_name, nullif(st.last_name, '')) FROM series_student m JOIN student st ON st.id = m.student_id
        WHERE m.series_id = s.id AND (m.to_on IS NULL OR m.to_on >= ${now}::timestamptz::date) GROUP BY st.id ORDER BY 1) AS student_names,
      next.next_at, coalesce(next.count, 0)::int AS left,
      (SELECT count(*)::int FROM series_skip k WHERE k.series_id = s.id AND k.to_decide AND k.original_date >= ${now}::timestamptz::date) AS to_decide,
      (SELECT name FROM course WHERE series_id = s.id) AS course_name,
      count(*) OVER ()::int AS total
    FROM series s JOIN tutor t ON t.id = s.tutor_id JOIN program p ON p.id = s.program_id JOIN subject sub ON sub.id = s.subject_id
    LEFT JOIN LATERAL (SELECT min(starts_at) AS next_at, count(*) AS count FROM session
      WHERE series_id = s.id AND starts_at > ${now} AND status = 'scheduled') next ON true
    WHERE ${where}
    ORDER BY next.next_at NULLS LAST, s.starts_on DESC, s.id
    LIMIT ${PAGE} OFFSET ${(filter.page - 1) * PAGE}`.execute(db);
  const total = rows[0]?.total ?? 0;
  return { rows, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
}

const isRunning = (now: Date) => sql<boolean>`s.ended_at IS NULL AND ((s.until_on IS NULL AND s.occurrences IS NULL)
  OR EXISTS (SELECT 1 FROM session x WHERE x.series_id = s.id AND x.starts_at > ${now} AND x.status = 'scheduled'))`;

function conditions({ state, toDecide, q }: SeriesFilter, now: Date): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (state === 'running') all.push(isRunning(now));
  if (state === 'ended') all.push(sql`NOT (${isRunning(now)})`);
  if (toDecide)
    all.push(
      sql`EXISTS (SELECT 1 FROM series_skip k WHERE k.series_id = s.id AND k.to_decide AND k.original_date >= ${now}::timestamptz::date)`,
    );
  if (q.trim()) {
    const pattern = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql`(s.ref ILIKE ${pattern} OR unaccent(concat_ws(' ', s.title, sub.name, p.name, t.first_name, t.last_name)) ILIKE unaccent(${pattern})
      OR EXISTS (SELECT 1 FROM series_student m JOIN student st ON st.id = m.student_id WHERE m.series_id = s.id
                 AND unaccent(concat_ws(' ', st.first_name, st.last_name)) ILIKE unaccent(${pattern})))`);
  }
  return sql.join(all, sql` AND `);
}

/** How many series there are at all, for a page that is empty. */
export async function countSeries(db: Kysely<DB>): Promise<number> {
  const { count } = await db
    .selectFrom('series')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Days of open series that were left out and that nobody has looked at. */
export async function countDaysToDecide(db: Kysely<DB>, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM series_skip WHERE to_decide AND original_date >= ${now}::timestamptz::date`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function findSeriesOfSession(db: Kysely<DB>, sessionId: string) {
  return db
    .selectFrom('session')
    .innerJoin('series', 'series.id', 'session.seriesId')
    .select([
      'series.id',
      'series.ref',
      'series.rrule',
      'series.startsOn',
      'series.untilOn',
      'series.occurrences',
      'series.startMinute',
      'series.endedAt',
      'session.originalDate',
      'session.seriesException',
    ])
    .where('session.id', '=', sessionId)
    .executeTakeFirst();
}

/** A series with everything its page shows but its sessions and its history. @throws DomainError not_found */
export async function getSeriesDetail(db: Kysely<DB>, seriesId: string) {
  const series = await db
    .selectFrom('series as s')
    .innerJoin('tutor as t', 't.id', 's.tutorId')
    .innerJoin('program as p', 'p.id', 's.programId')
    .innerJoin('subject as sub', 'sub.id', 's.subjectId')
    .leftJoin('room', 'room.id', 's.roomId')
    .leftJoin('place', 'place.id', 's.placeId')
    .leftJoin('series as former', 'former.id', 's.cutFromId')
    .leftJoin('course', 'course.seriesId', 's.id')
    .selectAll('s')
    .select([
      sql<string>`concat_ws(' ', t.first_name, nullif(t.last_name, ''))`.as('tutorName'),
      'p.name as programName',
      'p.capacity as programCapacity',
      'p.durations as programDurations',
      'sub.name as subjectName',
      'room.name as roomName',
      'place.name as placeName',
      'former.ref as formerRef',
      'course.id as courseId',
      'course.name as courseName',
    ])
    .where('s.id', '=', seriesId)
    .executeTakeFirst();
  if (!series) throw new DomainError('not_found', 'This series does not exist.');
  const [members, skips, continued] = await Promise.all([
    db
      .selectFrom('seriesStudent as m')
      .innerJoin('student', 'student.id', 'm.studentId')
      .innerJoin('client', 'client.id', 'student.clientId')
      .select([
        'm.studentId',
        sql<string>`concat_ws(' ', student.first_name, nullif(student.last_name, ''))`.as('name'),
        'client.name as clientName',
        'm.fromOn',
        'm.toOn',
      ])
      .where('m.seriesId', '=', seriesId)
      .orderBy('student.firstName')
      .orderBy('m.fromOn')
      .execute(),
    db.selectFrom('seriesSkip').selectAll().where('seriesId', '=', seriesId).orderBy('originalDate').execute(),
    db.selectFrom('series').select(['id', 'ref', 'startsOn']).where('cutFromId', '=', seriesId).orderBy('startsOn').execute(),
  ]);
  return { ...series, members, skips, continued };
}

export type SeriesDetail = Awaited<ReturnType<typeof getSeriesDetail>>;

export interface SeriesSessionRow extends SessionRow {
  /** The day the rule gave it. */
  originalDate: string;
  /** Moved or changed by itself. */
  seriesException: boolean;
}

/** Sessions of a series in their order: those still to come, or all. */
export async function listSessionsOfSeries(
  db: Kysely<DB>,
  filter: { seriesId: string; from?: Date | undefined; limit: number },
): Promise<SeriesSessionRow[]> {
  const [rows, days] = await Promise.all([
    listSessions(db, { seriesId: filter.seriesId, endsAfter: filter.from, limit: filter.limit }),
    db.selectFrom('session').select(['id', 'originalDate', 'seriesException']).where('seriesId', '=', filter.seriesId).execute(),
  ]);
  const byId = new Map(days.map((day) => [day.id, day]));
  return rows.map((row) => {
    const day = byId.get(row.id);
    return { ...row, originalDate: day?.originalDate ?? row.localDate, seriesException: day?.seriesException ?? false };
  });
}
