import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface NoteTemplateRow {
  id: string;
  name: string;
  body: string;
  programId: string | null;
  programName: string | null;
  subjectId: string | null;
  subjectName: string | null;
  archivedAt: Date | null;
  version: number;
}

const columns = (db: Kysely<DB>) =>
  db
    .selectFrom('noteTemplate as t')
    .leftJoin('program', 'program.id', 't.programId')
    .leftJoin('subject', 'subject.id', 't.subjectId')
    .select(['t.id', 't.name', 't.body', 't.programId', 't.subjectId', 't.archivedAt', 't.version'])
    .select(['program.name as programName', 'subject.name as subjectName']);

/** All of them in their order, what is archived last. */
export async function listNoteTemplates(db: Kysely<DB>): Promise<NoteTemplateRow[]> {
  return columns(db).orderBy(sql`t.archived_at IS NOT NULL`).orderBy('t.position').orderBy('t.id').execute();
}

export async function findNoteTemplate(db: Kysely<DB>, id: string): Promise<NoteTemplateRow | undefined> {
  return columns(db).where('t.id', '=', id).executeTakeFirst();
}

/** What a close-out of this program and subject offers, those made for it before those for any. */
export async function listTemplatesFor(
  db: Kysely<DB>,
  session: { programId: string; subjectId: string },
): Promise<{ id: string; name: string; body: string }[]> {
  return db
    .selectFrom('noteTemplate')
    .select(['id', 'name', 'body'])
    .where('archivedAt', 'is', null)
    .where((eb) => eb.or([eb('programId', 'is', null), eb('programId', '=', session.programId)]))
    .where((eb) => eb.or([eb('subjectId', 'is', null), eb('subjectId', '=', session.subjectId)]))
    .orderBy(sql`(program_id IS NULL)::int + (subject_id IS NULL)::int`)
    .orderBy('position')
    .orderBy('id')
    .execute();
}
