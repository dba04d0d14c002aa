import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { SessionFileKind } from './file-kinds.ts';

export interface SessionFileRow {
  id: string;
  sessionId: string;
  studentId: string | null;
  kind: SessionFileKind;
  name: string;
  mediaType: string;
  bytes: number;
  uploadedBy: string | null;
  uploadedById: string | null;
  createdAt: Date;
}

interface Seen {
  sessionIds: readonly string[];
  kinds: readonly SessionFileKind[];
  /** What is everybody's, and theirs; of an answer theirs alone. Absent: of all students. */
  studentIds?: readonly string[];
}

/** Of these sessions, the oldest first; none of the contents is read. */
export async function listSessionFiles(db: Kysely<DB>, { sessionIds, kinds, studentIds }: Seen): Promise<SessionFileRow[]> {
  if (sessionIds.length === 0 || kinds.length === 0) return [];
  let rows = db
    .selectFrom('sessionFile as f')
    .leftJoin('users', 'users.id', 'f.uploadedBy')
    .select(['f.id', 'f.sessionId', 'f.studentId', 'f.name', 'f.mediaType', 'f.bytes', 'f.createdAt', 'users.name as uploadedBy'])
    .select('f.uploadedBy as uploadedById')
    .select(sql<SessionFileKind>`f.kind`.as('kind'))
    .where('f.sessionId', '=', sql<string>`ANY(${[...sessionIds]}::uuid[])`)
    .where('f.kind', 'in', [...kinds]);
  if (studentIds)
    rows = rows.where((eb) =>
      eb.or([eb('f.studentId', 'is', null), eb('f.studentId', '=', sql<string>`ANY(${[...studentIds]}::uuid[])`)]),
    );
  return rows.orderBy('f.createdAt').orderBy('f.id').execute();
}

export interface FoundSessionFile {
  name: string;
  mediaType: string;
  kind: SessionFileKind;
  studentId: string | null;
  /** Whose session it is. */
  tutorId: string;
  places: { studentId: string; clientId: string }[];
}

/** Undefined where it is not there or of another session. */
export async function findSessionFile(db: Kysely<DB>, sessionId: string, fileId: string): Promise<FoundSessionFile | undefined> {
  return db
    .selectFrom('sessionFile as f')
    .innerJoin('session as s', 's.id', 'f.sessionId')
    .select(['f.name', 'f.mediaType', 'f.studentId', 's.tutorId', sql<SessionFileKind>`f.kind`.as('kind')])
    .select(
      sql<
        FoundSessionFile['places']
      >`(SELECT coalesce(jsonb_agg(jsonb_build_object('studentId', a.student_id, 'clientId', a.client_id)), '[]')
        FROM attendance a WHERE a.session_id = s.id)`.as('places'),
    )
    .where('f.id', '=', fileId)
    .where('f.sessionId', '=', sessionId)
    .executeTakeFirst();
}

/** Undefined when it was removed meanwhile. */
export async function findSessionFileContent(db: Kysely<DB>, fileId: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('sessionFileContent').select('content').where('fileId', '=', fileId).executeTakeFirst();
  return row?.content;
}
