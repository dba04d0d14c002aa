import { type Kysely, sql } from 'kysely';
import { listSessions, type SessionRow } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

export interface SheetSession extends SessionRow {
  /** By the student's id: whom to ring, and on what number. */
  contacts: Map<string, { name: string; phone: string | null }>;
}

/** Of a day: more sessions than a company of this kind has, fewer than a page can't carry. */
export const SHEET_MOST = 500;

/** The sessions of a day that take place, by program and start, with whom to ring: two statements. */
export async function listSheet(
  db: Kysely<DB>,
  { from, to, programId }: { from: Date; to: Date; programId?: string | undefined },
): Promise<SheetSession[]> {
  const sessions = await listSessions(db, { from, to, programId, taking: true, limit: SHEET_MOST });
  if (sessions.length === 0) return [];
  const { rows } = await sql<{ sessionId: string; studentId: string; name: string; phone: string | null }>`
    SELECT a.session_id, a.student_id, c.name, c.phone FROM attendance a JOIN client c ON c.id = a.client_id
    WHERE a.session_id = ANY(${sessions.map((session) => session.id)}::uuid[])`.execute(db);
  const bySession = new Map(sessions.map((session) => [session.id, new Map<string, { name: string; phone: string | null }>()]));
  for (const { sessionId, studentId, name, phone } of rows) bySession.get(sessionId)?.set(studentId, { name, phone });
  return sessions.map((session) => ({ ...session, contacts: bySession.get(session.id) ?? new Map() }));
}
