import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface Tag {
  id: string;
  name: string;
}

/** The names a form offers to choose from. */
export async function listTagChoices(db: Kysely<DB>): Promise<string[]> {
  const tags = await db
    .selectFrom('tag')
    .select('name')
    .where('archivedAt', 'is', null)
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .execute();
  return tags.map((tag) => tag.name);
}

/** The tags of people or requests, by whose they are; who has none is not in it. */
export async function tagsOf(
  db: Kysely<DB>,
  owner: 'tutorId' | 'clientId' | 'studentId' | 'requestId',
  ids: readonly string[],
): Promise<Map<string, Tag[]>> {
  const found = new Map<string, Tag[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('tagUse')
    .innerJoin('tag', 'tag.id', 'tagUse.tagId')
    .select(['tag.id', 'tag.name', sql<string>`${sql.ref(owner)}`.as('ownerId')])
    .where(sql<boolean>`${sql.ref(owner)} = ANY(${[...ids]}::uuid[])`)
    .orderBy(sql`tag.name COLLATE "und-x-icu"`)
    .execute();
  for (const { ownerId, ...tag } of rows) found.set(ownerId, [...(found.get(ownerId) ?? []), tag]);
  return found;
}
