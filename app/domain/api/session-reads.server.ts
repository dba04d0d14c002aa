import { type Kysely, sql } from 'kysely';
import { customJson } from '#app/domain/fields/custom-json.server.ts';
import { type SessionFilter, sessionConditions, sessionTables } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

export interface SessionRead {
  id: string;
  ref: string;
  version: number;
  status: string;
  title: string;
  description: string;
  plan: string;
  tutor: { id: string; name: string };
  program: { id: string; name: string };
  subject: { id: string; name: string };
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  wallStart: string;
  zone: string;
  mode: string;
  location: string;
  roomId: string | null;
  placeId: string | null;
  seriesId: string | null;
  billable: boolean;
  attendance: { studentId: string; name: string; clientId: string; outcome: string }[];
  /** Instants in it are ISO texts, as JSON made in SQL has them. */
  closeOut: {
    status: string;
    version: number;
    actualStartsAt: string;
    actualMinutes: number;
    notes: string;
    privateNote: string;
    homework: string;
    nextTopics: string;
  } | null;
  /** Additional fields by their keys. */
  custom: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

export interface SessionPart {
  filter: SessionFilter;
  /** Changed at or after. */
  updatedSince?: Date | undefined;
  /** The last of the part before. */
  after?: { startsAt: Date; id: string } | undefined;
  limit: number;
}

/** Sessions by their start and id, a part at a time: stable while others are added, since nothing is counted. */
export async function listSessionReads(
  db: Kysely<DB>,
  { filter, updatedSince, after, limit }: SessionPart,
): Promise<SessionRead[]> {
  const name = (table: string) =>
    sql`concat_ws(' ', ${sql.ref(`${table}.first_name`)}, nullif(${sql.ref(`${table}.last_name`)}, ''))`;
  const { rows } = await sql<SessionRead>`
    SELECT s.id, s.ref, s.version, s.status, s.title, s.description, s.plan, s.starts_at, s.ends_at, s.duration_minutes,
           to_char(s.wall_start, 'YYYY-MM-DD"T"HH24:MI') AS wall_start, s.zone, s.mode, s.location, s.room_id, s.place_id,
           s.series_id, s.billable, s.created_at, s.updated_at,
           ${customJson('session', 's')} AS custom,
           json_build_object('id', t.id, 'name', ${name('t')}) AS tutor,
           json_build_object('id', p.id, 'name', p.name) AS program,
           json_build_object('id', sub.id, 'name', sub.name) AS subject,
           (SELECT coalesce(json_agg(json_build_object('studentId', a.student_id, 'name', ${name('st')},
                     'clientId', a.client_id, 'outcome', a.outcome) ORDER BY st.ref COLLATE "C"), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS attendance,
           (SELECT json_build_object('status', co.status, 'version', co.version, 'actualStartsAt', co.actual_starts_at,
                     'actualMinutes', co.actual_minutes, 'notes', co.notes, 'privateNote', co.private_note,
                     'homework', co.homework, 'nextTopics', co.next_topics)
            FROM close_out co WHERE co.session_id = s.id) AS close_out
    ${sessionTables}
    WHERE ${sessionConditions(filter)}
      ${updatedSince ? sql`AND s.updated_at >= ${updatedSince}` : sql``}
      ${after ? sql`AND (s.starts_at, s.id) > (${after.startsAt}, ${after.id}::uuid)` : sql``}
    ORDER BY s.starts_at, s.id LIMIT ${limit}`.execute(db);
  return rows;
}

export async function findSessionRead(db: Kysely<DB>, id: string): Promise<SessionRead | undefined> {
  const [session] = await listSessionReads(db, { filter: { ids: [id] }, limit: 1 });
  return session;
}
