import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Moves a reason one place in the list, takes it out of the forms, or brings it back at the end. What gave it keeps it.
 * Doing it again where it is done already changes nothing.
 * @throws DomainError not_found; invalid_value where it is the last one that somebody may give
 */
export async function arrangeCancellationReason(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  input: { id: string; to: Arrangement },
): Promise<void> {
  const { id, to } = input;
  await inTransaction(db, async (trx) => {
    await sql`LOCK TABLE cancellation_reason IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    const reasons = await trx
      .selectFrom('cancellationReason')
      .select(['id', 'saidBy', 'archivedAt'])
      .orderBy('position')
      .orderBy('id')
      .execute();
    const reason = reasons.find((candidate) => candidate.id === id);
    if (!reason) throw new DomainError('not_found', 'This reason is not there.');
    const active = reasons.filter((candidate) => candidate.archivedAt === null);
    const others = active.filter((candidate) => candidate.id !== id);
    if (to === 'archive') {
      if (reason.archivedAt) return;
      const alone = reason.saidBy.find((who) => !others.some((other) => other.saidBy.includes(who)));
      if (alone)
        throw new DomainError(
          'invalid_value',
          'It is the last reason some of those who cancel may give. Add another one for them first.',
        );
    } else if (to === 'restore') {
      if (!reason.archivedAt) return;
    } else if (reason.archivedAt) return;

    let order = active.map((row) => row.id);
    if (to === 'up' || to === 'down') {
      const moved = movedOne(order, id, to);
      if (!moved) return;
      order = moved;
    } else if (to === 'restore') order.push(id);
    const archivedAt = to === 'archive' ? ctx.clock() : null;
    if (to === 'archive' || to === 'restore') {
      await trx
        .updateTable('cancellationReason')
        .set((eb) => ({ archivedAt, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    }
    await sql`UPDATE cancellation_reason r SET position = o.position
      FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = r.id`.execute(trx);
    await audit(trx, actor, {
      action: `cancellation_reason.${to}`,
      subjectType: 'cancellation_reason',
      subjectId: id,
    });
  });
}
