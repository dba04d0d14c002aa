import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { listSessions, type SessionFilter, type SessionRow, sessionConditions, sessionTables } from './queries.server.ts';

export interface CalendarDays {
  /** The instants at which the days begin where the reader is, in their order, and the end of the last. */
  starts: readonly Date[];
  end: Date;
  /** How many sessions of a day are read; of the rest only the number is known. */
  perDay: number;
}

/**
 * What a calendar shows of some days: the first sessions of each day, what runs on from the day before among them, and
 * how many begin on each. Bounded by the days, however many there are: two statements.
 */
export async function listCalendarSessions(
  db: Kysely<DB>,
  filter: Omit<SessionFilter, 'from' | 'to' | 'endsAfter' | 'limit' | 'offset' | 'order'>,
  { starts, end, perDay }: CalendarDays,
): Promise<{ sessions: SessionRow[]; counts: number[] }> {
  const [from] = starts;
  if (!from) return { sessions: [], counts: [] };
  const { rows } = await sql<{ id: string; day: number; count: number }>`
    SELECT id, day, count FROM (
      SELECT s.id, day, (row_number() OVER (PARTITION BY day ORDER BY s.starts_at, s.id))::int AS place,
             (count(*) OVER (PARTITION BY day))::int AS count
      ${sessionTables}, LATERAL (SELECT width_bucket(s.starts_at, ${[...starts]}::timestamptz[]) AS day) AS d
      -- A session is a day long at most: with that, the index on the start finds what runs on from the day before.
      WHERE s.starts_at > ${new Date(from.getTime() - 86_400_000)} AND ${sessionConditions({ ...filter, to: end, endsAfter: from })}
    ) AS found WHERE place <= ${perDay}`.execute(db);
  const counts = starts.map((_, index) => rows.find((row) => row.day === index + 1)?.count ?? 0);
  if (rows.length === 0) return { sessions: [], counts };
  return { sessions: await listSessions(db, { ids: rows.map((row) => row.id), limit: rows.length }), counts };
}

export interface DayOff {
  name: string;
  /** Local dates of the organisation, the last included. */
  startsOn: string;
  endsOn: string;
  /** NULL: the whole company is closed. */
  programName: string | null;
}

/** Closures that touch some days of the organisation's. */
export async function listClosures(db: Kysely<DB>, from: string, to: string, programId?: string): Promise<DayOff[]> {
  return db
    .selectFrom('closure')
    .leftJoin('program', 'program.id', 'closure.programId')
    .select(['closure.name', 'closure.startsOn', 'closure.endsOn', 'program.name as programName'])
    .where('closure.startsOn', '<=', to)
    .where('closure.endsOn', '>=', from)
    .$if(programId !== undefined, (query) =>
      query.where((eb) => eb.or([eb('closure.programId', 'is', null), eb('closure.programId', '=', programId ?? '')])),
    )
    .orderBy('closure.startsOn')
    .orderBy('closure.name')
    .limit(200)
    .execute();
}

export interface TimeAway {
  tutorId: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
  /** Not decided yet. */
  asked: boolean;
}

/** Tutors' time off that is granted or asked for and touches some time. */
export async function listTimeAway(db: Kysely<DB>, from: Date, to: Date, tutorId?: string): Promise<TimeAway[]> {
  const { rows } = await sql<TimeAway>`
    SELECT o.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, o.starts_at, o.ends_at, o.status = 'requested' AS asked
    FROM time_off o JOIN tutor t ON t.id = o.tutor_id
    WHERE o.status IN ('requested', 'approved') AND o.starts_at < ${to} AND o.ends_at > ${from}
      ${tutorId === undefined ? sql`` : sql`AND o.tutor_id = ${tutorId}`}
    ORDER BY o.starts_at, t.first_name, o.id LIMIT 500`.execute(db);
  return rows;
}

/** The rooms a calendar can be narrowed to. */
export async function listRoomChoices(db: Kysely<DB>, chosen?: string | null): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('room')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen ? [eb('id', '=', chosen)] : [])]))
    .orderBy('name')
    .execute();
}
