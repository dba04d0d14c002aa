import { type Kysely, sql } from 'kysely';
import { OFFICE_ROLES } from '#app/auth/roles.ts';
import { listNamedChoices } from '#app/domain/named-lists/queries.server.ts';
import {
  type Choice,
  listClientChoices,
  listStudentChoices,
  listTutorChoices,
} from '#app/domain/people/choice-queries.server.ts';
import { listWhereChoices } from '#app/domain/places/queries.server.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import type { DB } from '#db/types.ts';

/** Whoever of the office can work on a request or a task, and the one who does already. */
export async function listOfficeChoices(db: Kysely<DB>, chosen?: string | null): Promise<Choice[]> {
  const { rows } = await sql<Choice>`
    SELECT u.id, coalesce(nullif(u.name, ''), u.email) AS name FROM users u
    WHERE u.id = ${chosen ?? null}::uuid OR (u.disabled_at IS NULL AND EXISTS (
      SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role = ANY(${[...OFFICE_ROLES]}::text[])))
    ORDER BY coalesce(nullif(u.name, ''), u.email) COLLATE "und-x-icu"`.execute(db);
  return rows;
}

/** Named records in use, and the one that is chosen already. */
async function listInUse(db: Kysely<DB>, table: 'subject' | 'program', chosen: string | null): Promise<Choice[]> {
  return db
    .selectFrom(table)
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('archivedAt', 'is', null), eb('id', '=', chosen)]))
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .execute();
}

export const listSubjectChoices = (db: Kysely<DB>, chosen: string | null = null) => listInUse(db, 'subject', chosen);
export const listProgramChoices = (db: Kysely<DB>, chosen: string | null = null) => listInUse(db, 'program', chosen);

interface Chosen {
  subjectId?: string | null;
  programId?: string | null;
  levelId?: string | null;
  placeId?: string | null;
  wishTutorId?: string | null;
  assigneeId?: string | null;
}

/** What the form of a request offers; people only where it is a new one. */
export async function listRequestChoices(db: Kysely<DB>, chosen: Chosen = {}, { people = false } = {}) {
  const [subjects, programs, levels, { places }, tutors, office, tags, students, clients] = await Promise.all([
    listInUse(db, 'subject', chosen.subjectId ?? null),
    listInUse(db, 'program', chosen.programId ?? null),
    listNamedChoices(db, 'level', chosen.levelId ? [chosen.levelId] : []),
    listWhereChoices(db, { placeId: chosen.placeId ?? null }),
    listTutorChoices(db, chosen.wishTutorId),
    listOfficeChoices(db, chosen.assigneeId),
    listTagChoices(db),
    people ? listStudentChoices(db) : [],
    people ? listClientChoices(db) : [],
  ]);
  const named = ({ id, name }: Choice): Choice => ({ id, name });
  return {
    subjects,
    programs,
    levels: levels.map(named),
    places: places.map(named),
    tutors,
    office,
    tags,
    students: students.map(({ id, name, clientName }) => ({ id, name: `${name} (${clientName})` })),
    clients,
  };
}
export type RequestChoices = Awaited<ReturnType<typeof listRequestChoices>>;
