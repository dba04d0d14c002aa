import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

/** What a tag hangs on: just one of them. */
export type Tagged = { tutorId: string } | { clientId: string } | { studentId: string } | { requestId: string };

/**
 * Makes these the tags of a person or a request, in the caller's transaction. A name nobody has used yet becomes a tag; an
 * archived one that is given anew is brought back. Safe to repeat, and beside others who do the same.
 * @returns ids of the tags that came and went, for the caller's line in the log
 */
export async function setTags(
  trx: Transaction<DB>,
  about: Tagged,
  names: readonly string[],
): Promise<{ added: string[]; removed: string[] }> {
  const [column, id] = Object.entries(about)[0] as [string, string];
  const owner = sql.ref(column);
  const had = await trx.selectFrom('tagUse').select('tagId').where(sql<boolean>`${owner} = ${id}`).execute();
  const before = new Set(had.map((use) => use.tagId));
  const wanted = await tagIds(trx, names, before);
  const removed = [...before].filter((tag) => !wanted.includes(tag));
  const added = wanted.filter((tag) => !before.has(tag));
  if (removed.length > 0)
    await trx.deleteFrom('tagUse').where(sql<boolean>`${owner} = ${id}`).where('tagId', 'in', removed).execute();
  await putOn(trx, about, added);
  return { added, removed };
}

/** Puts tags beside those they have: of many people at once, too. */
export async function addTags(trx: Transaction<DB>, about: readonly Tagged[], names: readonly string[]): Promise<string[]> {
  const ids = await tagIds(trx, names, new Set());
  for (const one of about) await putOn(trx, one, ids);
  return ids;
}

/** Takes tags away from many at once; a name nobody uses is nobody's. */
export async function removeTags(trx: Transaction<DB>, about: readonly Tagged[], names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM tag
    WHERE lower(name) IN (SELECT lower(n) FROM unnest(${[...names]}::text[]) AS n)`.execute(trx);
  const owners = about.map((one) => Object.values(one)[0] as string);
  await sql`DELETE FROM tag_use WHERE tag_id = ANY(${rows.map((row) => row.id)}::uuid[])
    AND coalesce(tutor_id, client_id, student_id, request_id) = ANY(${owners}::uuid[])`.execute(trx);
  return rows.map((row) => row.id);
}

async function putOn(trx: Transaction<DB>, about: Tagged, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  await trx
    .insertInto('tagUse')
    .values(tags.map((tagId) => ({ ...about, tagId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The tags of these names, made where they are missing. Sorted, so that two who make the same wait instead of deadlock. */
async function tagIds(trx: Transaction<DB>, names: readonly string[], kept: ReadonlySet<string>): Promise<string[]> {
  const sorted = [...new Set(names)].sort();
  if (sorted.length === 0) return [];
  await sql`INSERT INTO tag (name) SELECT n FROM unnest(${sorted}::text[]) AS n
    ON CONFLICT (lower(name)) DO NOTHING`.execute(trx);
  const tags = await trx
    .selectFrom('tag')
    .select(['id', 'archivedAt'])
    .where(sql<boolean>`lower(name) IN (SELECT lower(n) FROM unnest(${sorted}::text[]) AS n)`)
    .orderBy('id')
    .execute();
  const back = tags.filter((tag) => tag.archivedAt && !kept.has(tag.id)).map((tag) => tag.id);
  if (back.length > 0)
    await trx
      .updateTable('tag')
      .set((eb) => ({ archivedAt: null, version: eb('version', '+', 1) }))
      .where('id', 'in', back)
      .execute();
  return tags.map((tag) => tag.id);
}
