import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type NamedList, namedLists } from './named-list.ts';

export interface NamedRow {
  id: string;
  name: string;
  archivedAt: Date | null;
  version: number;
  /** How many records have it, by what they are. */
  uses: { tutors: number; clients: number; students: number; requests: number };
}

const none = sql`json_build_object('tutors', 0, 'clients', 0, 'students', 0, 'requests', 0)`;

const usesOf: Record<NamedList, RawBuilder<unknown>> = {
  tag: sql`(SELECT json_build_object('tutors', count(tutor_id), 'clients', count(client_id), 'students', count(student_id),
    'requests', count(request_id)) FROM tag_use u WHERE u.tag_id = n.id)`,
  level: sql`(${none}::jsonb || jsonb_build_object(
    'tutors', (SELECT count(DISTINCT tutor_id) FROM tutor_subject_level l WHERE l.level_id = n.id),
    'requests', (SELECT count(*) FROM request r WHERE r.level_id = n.id)))`,
  clearanceType: sql`(${none}::jsonb || jsonb_build_object(
    'tutors', (SELECT count(DISTINCT tutor_id) FROM clearance c WHERE c.type_id = n.id)))`,
  payGroup: sql`(${none}::jsonb || jsonb_build_object('tutors', (SELECT count(*) FROM tutor t WHERE t.pay_group_id = n.id)))`,
};

const select = (list: NamedList) => sql`SELECT n.id, n.name, n.archived_at AS "archivedAt", n.version, ${usesOf[list]} AS uses
  FROM ${sql.table(namedLists[list].table)} n`;

/** The whole list in its order, what is archived last. */
export async function listNamed(db: Kysely<DB>, list: NamedList): Promise<NamedRow[]> {
  const order = namedLists[list].ordered ? sql`n.position, n.id` : sql`n.name COLLATE "und-x-icu", n.id`;
  const { rows } = await sql<NamedRow>`${select(list)} ORDER BY n.archived_at IS NOT NULL, ${order}`.execute(db);
  return rows;
}

/** @throws DomainError not_found */
export async function getNamed(db: Kysely<DB>, list: NamedList, id: string): Promise<NamedRow> {
  const { rows } = await sql<NamedRow>`${select(list)} WHERE n.id = ${id}`.execute(db);
  if (!rows[0]) throw new DomainError('not_found', `This ${namedLists[list].word} is not there.`);
  return rows[0];
}

/** What a form offers: what is not archived, and what is chosen already. */
export async function listNamedChoices(
  db: Kysely<DB>,
  list: NamedList,
  chosen: readonly string[] = [],
): Promise<{ id: string; name: string; archived: boolean }[]> {
  const order = namedLists[list].ordered ? sql`position, id` : sql`name COLLATE "und-x-icu", id`;
  const { rows } = await sql<{ id: string; name: string; archived: boolean }>`
    SELECT id, name, archived_at IS NOT NULL AS archived FROM ${sql.table(namedLists[list].table)}
    WHERE archived_at IS NULL OR id = ANY(${[...chosen]}::uuid[]) ORDER BY ${order}`.execute(db);
  return rows;
}
