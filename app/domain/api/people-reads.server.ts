import { type Kysely, sql } from 'kysely';
import { customJson } from '#app/domain/fields/custom-json.server.ts';
import type { DB } from '#db/types.ts';

/** A part of a list in the order of its ids, which is the order they were made in, so that what is added meanwhile comes last. */
export interface Part {
  /** The last id of the part before; undefined: from the beginning. */
  after?: string | undefined;
  /** One more than is shown says that there is more. */
  limit: number;
  ids?: readonly string[];
  archived?: boolean | undefined;
}

export interface TutorRead {
  id: string;
  ref: string;
  firstName: string;
  lastName: string;
  timezone: string | null;
  email: string | null;
  phone: string | null;
  notes: string;
  archived: boolean;
  subjects: { id: string; name: string }[];
  /** Additional fields by their keys. */
  custom: Record<string, unknown>;
}

export async function listTutorReads(db: Kysely<DB>, part: Part): Promise<TutorRead[]> {
  const { rows } = await sql<TutorRead>`
    SELECT t.id, t.ref, t.first_name, t.last_name, t.timezone, t.email, t.phone, t.notes, t.archived_at IS NOT NULL AS archived,
           (SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY s.name), '[]')
            FROM tutor_subject ts JOIN subject s ON s.id = ts.subject_id WHERE ts.tutor_id = t.id) AS subjects,
           ${customJson('tutor', 't')} AS custom
    FROM tutor t WHERE ${conditions(part, 't')} ORDER BY t.id LIMIT ${part.limit}`.execute(db);
  return rows;
}

export interface StudentRead {
  id: string;
  ref: string;
  firstName: string;
  lastName: string;
  grade: string;
  timezone: string | null;
  email: string | null;
  notes: string;
  archived: boolean;
  client: { id: string; name: string; email: string | null; phone: string | null };
  /** Additional fields by their keys. */
  custom: Record<string, unknown>;
}

export async function listStudentReads(db: Kysely<DB>, part: Part): Promise<StudentRead[]> {
  const { rows } = await sql<StudentRead>`
    SELECT s.id, s.ref, s.first_name, s.last_name, s.grade, s.timezone, s.email, s.notes, s.archived_at IS NOT NULL AS archived,
           json_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone) AS client,
           ${customJson('student', 's')} AS custom
    FROM student s JOIN client c ON c.id = s.client_id
    WHERE ${conditions(part, 's')} ORDER BY s.id LIMIT ${part.limit}`.execute(db);
  return rows;
}

export interface ProgramRead {
  id: string;
  ref: string;
  name: string;
  kind: string;
  capacity: number;
  /** Minutes; null: the organisation's. */
  durations: number[] | null;
  archived: boolean;
}

export async function listProgramReads(db: Kysely<DB>, part: Part): Promise<ProgramRead[]> {
  const { rows } = await sql<ProgramRead>`
    SELECT p.id, p.ref, p.name, p.kind, p.capacity, p.durations, p.archived_at IS NOT NULL AS archived
    FROM program p WHERE ${conditions(part, 'p')} ORDER BY p.id LIMIT ${part.limit}`.execute(db);
  return rows;
}

function conditions({ after, ids, archived }: Part, table: string) {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql.join(
    [
      sql`true`,
      ...(after === undefined ? [] : [sql`${column('id')} > ${after}::uuid`]),
      ...(ids === undefined ? [] : [sql`${column('id')} = ANY(${[...ids]}::uuid[])`]),
      ...(archived === undefined ? [] : [sql`(${column('archived_at')} IS NOT NULL) = ${archived}`]),
    ],
    sql` AND `,
  );
}
