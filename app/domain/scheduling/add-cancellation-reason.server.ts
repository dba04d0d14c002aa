import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CancellationReasonValues } from './cancellation-reason.schema.ts';

/** Adds a reason at the end of the list. @throws DomainError invalid_value (field label) where the list has it already */
export async function addCancellationReason(
  db: Kysely<DB>,
  actor: Actor,
  input: CancellationReasonValues,
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await refuseSameReason(trx, input.label);
    const reason = await trx
      .insertInto('cancellationReason')
      .values({ ...input, position: sql`(SELECT coalesce(max(position), 0) + 1 FROM cancellation_reason)` })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'cancellation_reason.create',
      subjectType: 'cancellation_reason',
      subjectId: reason.id,
      after: input,
    });
    return reason;
  });
}

/** The list changes under one lock, so that two who add the same at once don't. */
export async function refuseSameReason(trx: Kysely<DB>, label: string, exceptId?: string): Promise<void> {
  await sql`LOCK TABLE cancellation_reason IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
  const same = await trx
    .selectFrom('cancellationReason')
    .select(['id', 'label', 'archivedAt'])
    .where((eb) => eb(eb.fn<string>('lower', ['label']), '=', label.toLowerCase()))
    .execute();
  const other = same.find((reason) => reason.id !== exceptId);
  if (!other) return;
  const hint = other.archivedAt ? ' It is archived: bring it back instead.' : '';
  throw new DomainError('invalid_value', `“${other.label}” is in the list already.${hint}`, { field: 'label' });
}
