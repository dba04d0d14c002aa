import { type Kysely, sql } from 'kysely';
import { whoDid } from '#app/domain/audit/who-did.ts';
import { sessionConditions, sessionTables } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

/** Something that was said, decided or put right about a session's close-out. */
export interface CloseOutEvent {
  id: string;
  at: Date;
  by: string;
  action: string;
  before: unknown;
  after: unknown;
  reason: string;
  sessionId: string;
  lesson: string;
  startsAt: Date;
  tutorName: string;
  students: { id: string; name: string }[];
}

const TOLD = [
  'closeout.submit',
  'closeout.submit_approved',
  'closeout.approve',
  'closeout.send_back',
  'session.correct',
  'place.bill_again',
];
const PAGE_SIZE = 50;

interface HistoryFilter {
  tutorId?: string | undefined;
  programId?: string | undefined;
  text?: string | undefined;
  page: number;
}

/** The newest first. Its end isn't counted: a log grows, and whoever looks for something narrows it. */
export async function listCloseOutHistory(
  db: Kysely<DB>,
  { page, ...filter }: HistoryFilter,
): Promise<{ rows: CloseOutEvent[]; more: boolean }> {
  const { rows } = await sql<Omit<CloseOutEvent, 'by'> & { name: string | null; apiKeyName: string | null; actorKind: string }>`
    SELECT l.id::text AS id, l.at, l.action, l.before, l.after, l.reason, l.actor_kind, coalesce(nullif(u.name, ''), u.email::text) AS name,
           k.name AS api_key_name, s.id AS session_id, coalesce(nullif(s.title, ''), sub.name) AS lesson, s.starts_at,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
           (SELECT coalesce(json_agg(json_build_object('id', st.id, 'name', concat_ws(' ', st.first_name, st.last_name))
                     ORDER BY st.ref COLLATE "C"), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS students
    ${sessionTables} JOIN audit_log l ON l.session_id = s.id
    LEFT JOIN users u ON u.id = l.actor_user_id LEFT JOIN api_key k ON k.id = l.actor_api_key_id
    WHERE l.action = ANY(${TOLD}::text[]) AND ${sessionConditions(filter)}
    ORDER BY l.id DESC LIMIT ${PAGE_SIZE + 1} OFFSET ${(page - 1) * PAGE_SIZE}`.execute(db);
  return {
    more: rows.length > PAGE_SIZE,
    rows: rows
      .slice(0, PAGE_SIZE)
      .map(({ name, apiKeyName, actorKind, ...row }) => ({ ...row, by: whoDid({ name, apiKeyName, actorKind }) })),
  };
}
