import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { RequestFor } from './request.schema.ts';

export interface DuplicateRequest {
  id: string;
  ref: string;
  studentName: string;
  subjectName: string | null;
  stageName: string;
  createdAt: Date;
}

export interface LikelyPerson {
  kind: 'client' | 'student';
  id: string;
  name: string;
  /** What is the same: an address, a phone number, a name. */
  by: 'email' | 'phone' | 'name';
  archived: boolean;
}

/** What a new request would be a second one of: shown to the office before it is made. */
export interface Duplicates {
  requests: DuplicateRequest[];
  people: LikelyPerson[];
}

/** Open requests of a student for a subject; without a subject, for any. The newest first. */
export async function listOpenRequestsOf(
  db: Kysely<DB>,
  of: { studentId: string; subjectId: string | null; exceptId?: string },
): Promise<DuplicateRequest[]> {
  const { rows } = await sql<DuplicateRequest>`
    SELECT r.id, r.ref, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, sub.name AS subject_name,
           g.name AS stage_name, r.created_at
    FROM request r JOIN student st ON st.id = r.student_id JOIN request_stage g ON g.id = r.stage_id
    LEFT JOIN subject sub ON sub.id = r.subject_id
    WHERE r.student_id = ${of.studentId} AND r.closed_at IS NULL AND r.id IS DISTINCT FROM ${of.exceptId ?? null}::uuid
      AND (r.subject_id = ${of.subjectId}::uuid OR r.subject_id IS NULL OR ${of.subjectId}::uuid IS NULL)
    ORDER BY r.created_at DESC LIMIT 10`.execute(db);
  return rows;
}

/** Clients with the same address or phone number, whatever its spaces and country code. */
export async function listLikelyClients(
  db: Kysely<DB>,
  of: { email: string | null; phone: string | null; exceptId?: string | null },
): Promise<LikelyPerson[]> {
  const digits = (of.phone ?? '').replace(/\D/g, '').slice(-8);
  if (!of.email && digits.length < 6) return [];
  const { rows } = await sql<LikelyPerson>`
    SELECT 'client' AS kind, c.id, c.name, c.archived_at IS NOT NULL AS archived,
           CASE WHEN lower(c.email) = lower(${of.email}::text) THEN 'email' ELSE 'phone' END AS by
    FROM client c
    WHERE c.erased_at IS NULL AND c.id IS DISTINCT FROM ${of.exceptId ?? null}::uuid
      AND (lower(c.email) = lower(${of.email}::text)
        OR (length(${digits}::text) >= 6 AND regexp_replace(c.phone, '[^0-9]', '', 'g') LIKE '%' || ${digits}::text))
    ORDER BY c.archived_at IS NOT NULL, c.name LIMIT 10`.execute(db);
  return rows;
}

/** Children of a client who go by the same name. */
async function listNamesakes(db: Kysely<DB>, clientId: string, student: { firstName: string; lastName: string }) {
  const { rows } = await sql<LikelyPerson>`
    SELECT 'student' AS kind, id, concat_ws(' ', first_name, nullif(last_name, '')) AS name, 'name' AS by,
           archived_at IS NOT NULL AS archived
    FROM student WHERE client_id = ${clientId} AND fold(first_name) = fold(${student.firstName}::text)
      AND (last_name = '' OR ${student.lastName}::text = '' OR fold(last_name) = fold(${student.lastName}::text))
    LIMIT 10`.execute(db);
  return rows;
}

export async function findDuplicates(db: Kysely<DB>, of: RequestFor, subjectId: string | null): Promise<Duplicates> {
  if (of.who === 'student') return { requests: await listOpenRequestsOf(db, { studentId: of.studentId, subjectId }), people: [] };
  if (of.who === 'new_student') return { requests: [], people: await listNamesakes(db, of.clientId, of.student) };
  return { requests: [], people: await listLikelyClients(db, of.client) };
}
