import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { MERGE_FIELDS } from './merge-fields.ts';
import { hasMoney } from './money.server.ts';
import { type MergeKind, type MovedRows, moveReferences } from './references.server.ts';

export interface MergePeople {
  kind: MergeKind;
  keepId: string;
  mergeId: string;
  /** Fields of which the merged record's value is taken; an empty one of the kept record is filled anyway. */
  take?: readonly string[];
}

/** What undoing needs: the kept record's values that were changed, the merged one's archive, and what was copied. */
export interface MergeBefore {
  kept: Record<string, unknown>;
  set: Record<string, unknown>;
  archivedAt: string | null;
  mergedUserId: string | null;
  tookUser: boolean;
  subjects: string[];
}

/**
 * Makes two records of one person one: all that hangs on the second moves to the first, which takes over what it lacks
 * and what was chosen; the second stays in the archive, and can be split off again (undoMerge).
 * @returns the merge's id
 * @throws DomainError not_found; invalid_value for one and the same, or two students of different families; conflict
 *   when both have money in the books, or both have what one person can have once
 */
export async function mergePeople(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { kind, keepId, mergeId, take = [] }: MergePeople,
): Promise<{ id: string }> {
  if (keepId === mergeId) throw new DomainError('invalid_value', 'That is one and the same record. Choose two.');
  return inTransaction(db, async (trx) => {
    await lockResources(trx, [keepId, mergeId], ctx.clock());
    const [kept, merged] = await lockBoth(trx, kind, keepId, mergeId);
    const done = await findMerge(trx, kind, keepId, mergeId);
    if (done) return done;
    if (kept.erased_at || merged.erased_at)
      throw new DomainError('invalid_value', 'One of them was erased: there is nobody to merge.');
    if (kept.archived_at) throw new DomainError('invalid_value', 'Keep one that is not archived, or bring it back first.');
    if (await hasMoney(trx, kind, mergeId)) {
      throw new DomainError(
        'conflict',
        (await hasMoney(trx, kind, keepId))
          ? 'Both have entries in the books, which stay as they are. Credit or move what one of them has first.'
          : 'This one has entries in the books: keep it, and merge the other into it.',
      );
    }
    if (kind === 'client') await refuseGuardianOfOwn(trx, keepId, mergeId);
    const subjects = kind === 'tutor' ? await copySubjects(trx, keepId, mergeId) : [];
    const moved: MovedRows[] = await moveReferences(trx, kind, { from: mergeId, to: keepId });
    const set = valuesTaken(kind, kept, merged, take);
    const tookUser = kept.user_id === null && merged.user_id !== null;
    const before: MergeBefore = {
      kept: Object.fromEntries(Object.keys(set).map((name) => [name, kept[name]])),
      set,
      archivedAt: (merged.archived_at as string | null) ?? null,
      mergedUserId: (merged.user_id as string | null) ?? null,
      tookUser,
      subjects,
    };
    const table = sql.table(kind);
    await sql`UPDATE ${table} SET archived_at = coalesce(archived_at, ${ctx.clock()}), version = version + 1
      ${tookUser ? sql`, user_id = NULL` : sql``} WHERE id = ${mergeId}`.execute(trx);
    await setColumns(trx, kind, keepId, tookUser ? { ...set, user_id: merged.user_id } : set);
    const { id } = await trx
      .insertInto('merge')
      .values({
        kind,
        keptId: keepId,
        mergedId: mergeId,
        before: JSON.stringify(before),
        moved: JSON.stringify(moved),
        doneBy: actor.userId,
        doneAt: ctx.clock(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: `${kind}.merge`,
      subjectType: kind,
      subjectId: keepId,
      after: { mergedId: mergeId, mergeId: id },
    });
    return { id };
  });
}

/** Rows as JSON, so that every column is there whatever the kind; taken in the order of ids. */
export async function lockBoth(
  trx: Transaction<DB>,
  kind: MergeKind,
  first: string,
  second: string,
): Promise<[Record<string, unknown>, Record<string, unknown>]> {
  const { rows } = await sql<{ id: string; row: Record<string, unknown> }>`
    SELECT id, to_jsonb(p) AS row FROM ${sql.table(kind)} p WHERE id IN (${first}, ${second}) ORDER BY id FOR UPDATE`.execute(
    trx,
  );
  const [a, b] = [first, second].map((id) => rows.find((row) => row.id === id)?.row);
  if (!a || !b) throw new DomainError('not_found', `This ${kind} is not there.`);
  return [a, b];
}

async function findMerge(trx: Transaction<DB>, kind: MergeKind, keptId: string, mergedId: string) {
  return trx
    .selectFrom('merge')
    .select('id')
    .where('kind', '=', kind)
    .where('keptId', '=', keptId)
    .where('mergedId', '=', mergedId)
    .where('undoneAt', 'is', null)
    .executeTakeFirst();
}

/** Of who pays and who cares for one child one person would be both. */
async function refuseGuardianOfOwn(trx: Transaction<DB>, keepId: string, mergeId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT concat_ws(' ', s.first_name, nullif(s.last_name, '')) AS name FROM student_guardian g JOIN student s ON s.id = g.student_id
    WHERE (g.client_id = ${keepId} AND s.client_id = ${mergeId}) OR (g.client_id = ${mergeId} AND s.client_id = ${keepId})
    LIMIT 1`.execute(trx);
  const [both] = rows;
  if (both)
    throw new DomainError(
      'conflict',
      `One of them pays for ${both.name}, the other is a guardian of ${both.name}. Take the guardian off first.`,
    );
}

/** Subjects with their levels that the kept tutor does not teach yet. */
async function copySubjects(trx: Transaction<DB>, keepId: string, mergeId: string): Promise<string[]> {
  const { rows } = await sql<{ subjectId: string }>`
    INSERT INTO tutor_subject (tutor_id, subject_id) SELECT ${keepId}, subject_id FROM tutor_subject WHERE tutor_id = ${mergeId}
    ON CONFLICT DO NOTHING RETURNING subject_id`.execute(trx);
  const subjects = rows.map((row) => row.subjectId);
  await sql`INSERT INTO tutor_subject_level (tutor_id, subject_id, level_id)
    SELECT ${keepId}, subject_id, level_id FROM tutor_subject_level
    WHERE tutor_id = ${mergeId} AND subject_id = ANY(${subjects}::uuid[])`.execute(trx);
  return subjects;
}

const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

function valuesTaken(
  kind: MergeKind,
  kept: Record<string, unknown>,
  merged: Record<string, unknown>,
  take: readonly string[],
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const { columns } of MERGE_FIELDS[kind]) {
    const chosen = columns.some((column) => take.includes(column));
    const lacking = columns.every((column) => isEmpty(kept[column])) && columns.some((column) => !isEmpty(merged[column]));
    if (!chosen && !lacking) continue;
    for (const column of columns) if (kept[column] !== merged[column]) set[column] = merged[column];
  }
  // What an admin added: each field by itself.
  const [own, other] = [kept.custom, merged.custom] as Record<string, unknown>[];
  const custom = { ...other, ...Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => !isEmpty(value))) };
  if (JSON.stringify(custom) !== JSON.stringify(own)) set.custom = custom;
  return set;
}

/** Sets columns from their JSON, as they were read. */
export async function setColumns(
  trx: Transaction<DB>,
  kind: MergeKind,
  id: string,
  values: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(values);
  const table = sql.table(kind);
  const changes = [
    ...names.map((name) => sql`${sql.ref(name)} = said.${sql.ref(name)}`),
    sql`version = ${sql.ref(`${kind}.version`)} + 1`,
  ];
  await sql`UPDATE ${table} SET ${sql.join(changes)}
    FROM jsonb_populate_record(NULL::${table}, ${JSON.stringify(values)}::jsonb) AS said
    WHERE ${sql.ref(`${kind}.id`)} = ${id}`.execute(trx);
}
