import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockBoth, type MergeBefore, setColumns } from './merge-people.server.ts';
import { type MergeKind, type MovedRows, moveBack } from './references.server.ts';

/**
 * Splits two records again: what was moved goes back, what came to the kept one since stays with it, and of its values
 * those return that nobody has changed since. Undone already: nothing happens.
 * @throws DomainError not_found; conflict when one of them was merged again since (undo that first), was erased, or what
 *   was moved is billed or paid meanwhile
 */
export async function undoMerge(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: { mergeId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const of = await trx.selectFrom('merge').selectAll().where('id', '=', input.mergeId).executeTakeFirst();
    if (!of) throw new DomainError('not_found', 'This merge is not there.');
    const kind = of.kind as MergeKind;
    const { keptId, mergedId } = of;
    await lockResources(trx, [keptId, mergedId], ctx.clock());
    const [kept, merged] = await lockBoth(trx, kind, keptId, mergedId);
    const merge = await trx.selectFrom('merge').selectAll().where('id', '=', of.id).forUpdate().executeTakeFirstOrThrow();
    if (merge.undoneAt) return;
    if (kept.erased_at || merged.erased_at) throw new DomainError('conflict', 'One of them was erased since.');
    const later = await trx
      .selectFrom('merge')
      .select('id')
      .where('kind', '=', kind)
      .where('undoneAt', 'is', null)
      .where('id', '>', merge.id)
      .where((eb) => eb.or([eb('keptId', 'in', [keptId, mergedId]), eb('mergedId', 'in', [keptId, mergedId])]))
      .executeTakeFirst();
    if (later) throw new DomainError('conflict', 'One of them was merged again since. Undo that one first.');
    const before = merge.before as unknown as MergeBefore;
    await moveBack(trx, merge.moved as unknown as MovedRows[], { from: keptId, to: mergedId });
    if (before.subjects.length > 0) {
      await sql`DELETE FROM tutor_subject WHERE tutor_id = ${keptId} AND subject_id = ANY(${before.subjects}::uuid[])`.execute(
        trx,
      );
    }
    const still = Object.keys(before.set).filter((name) => JSON.stringify(kept[name]) === JSON.stringify(before.set[name]));
    const back: Record<string, unknown> = Object.fromEntries(still.map((name) => [name, before.kept[name]]));
    const userBack = before.tookUser && kept.user_id === before.mergedUserId;
    if (userBack) back.user_id = null;
    await setColumns(trx, kind, keptId, back);
    await setColumns(trx, kind, mergedId, {
      archived_at: before.archivedAt,
      ...(userBack ? { user_id: before.mergedUserId } : {}),
    });
    await trx.updateTable('merge').set({ undoneAt: ctx.clock(), undoneBy: actor.userId }).where('id', '=', merge.id).execute();
    await audit(trx, actor, {
      action: `${kind}.unmerge`,
      subjectType: kind,
      subjectId: keptId,
      after: { mergedId, mergeId: merge.id },
    });
  });
}
