import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { WorkKindValues } from './work-kind.schema.ts';

/**
 * Adds a kind of work that is not teaching, or changes one; what was approved keeps the amount of its day.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field name)
 */
export async function saveWorkKind(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: WorkKindValues & { id?: string; version?: number },
): Promise<void> {
  const { id, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    await sql`LOCK TABLE work_kind IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    const { rows: same } = await sql<{ id: string }>`
      SELECT id FROM work_kind WHERE lower(name) = lower(${values.name}) AND id IS DISTINCT FROM ${id ?? null}::uuid`.execute(
      trx,
    );
    if (same.length > 0)
      throw new DomainError('invalid_value', `There is a kind of work named ${values.name} already.`, { field: 'name' });
    if (id === undefined) {
      const made = await trx.insertInto('workKind').values(values).returning('id').executeTakeFirstOrThrow();
      await audit(trx, actor, { action: 'work_kind.create', subjectType: 'work_kind', subjectId: made.id, after: values });
      return;
    }
    const before = await trx.selectFrom('workKind').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This kind of work is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'work_kind', id, word: 'kind of work', version: before.version });
    const changes = changedFields({ name: before.name, amountPerHour: before.amountPerHour }, values);
    if (!changes) return;
    await trx
      .updateTable('workKind')
      .set({ ...values, version: before.version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'work_kind.edit', subjectType: 'work_kind', subjectId: id, ...changes });
  });
}

/** Not offered any more, or again. Twice is once. */
export async function archiveWorkKind(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { id: string; archived: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const changed = await trx
      .updateTable('workKind')
      .set({ archivedAt: input.archived ? ctx.clock() : null })
      .where('id', '=', input.id)
      .where('archivedAt', input.archived ? 'is' : 'is not', null)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return;
    const action = input.archived ? 'work_kind.archive' : 'work_kind.restore';
    await audit(trx, actor, { action, subjectType: 'work_kind', subjectId: input.id });
  });
}
