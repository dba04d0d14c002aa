import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { SaidBy } from './cancellation-reason.schema.ts';

export interface CancellationReason {
  id: string;
  label: string;
  saidBy: SaidBy[];
  archivedAt: Date | null;
  version: number;
  /** How many cancellations gave it. */
  used: number;
}

const columns = (db: Kysely<DB>) =>
  db
    .selectFrom('cancellationReason')
    .select(['id', 'label', 'archivedAt', 'version'])
    .select([
      sql<SaidBy[]>`said_by`.as('saidBy'),
      sql<number>`(SELECT count(*)::int FROM cancellation c WHERE c.reason_id = cancellation_reason.id)`.as('used'),
    ]);

/** The whole list in the order the forms show it, what is archived last. */
export async function listCancellationReasons(db: Kysely<DB>): Promise<CancellationReason[]> {
  return columns(db).orderBy(sql`archived_at IS NOT NULL`).orderBy('position').orderBy('id').execute();
}

/** What a form offers to one who cancels. */
export async function listReasonChoices(db: Kysely<DB>, by: SaidBy): Promise<{ id: string; label: string }[]> {
  return db
    .selectFrom('cancellationReason')
    .select(['id', 'label'])
    .where('archivedAt', 'is', null)
    .where(sql<boolean>`${by} = ANY(said_by)`)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** @throws DomainError not_found */
export async function getCancellationReason(db: Kysely<DB>, id: string): Promise<CancellationReason> {
  const reason = await columns(db).where('id', '=', id).executeTakeFirst();
  if (!reason) throw new DomainError('not_found', 'This reason is not there.');
  return reason;
}

/**
 * The words of a reason given from the list.
 * @throws DomainError invalid_value (field reasonId) when it is not there, archived, or not for this one to give
 */
export async function reasonLabelOf(db: Kysely<DB>, reasonId: string | null | undefined, by: SaidBy): Promise<string | null> {
  if (!reasonId) return null;
  const reason = await db
    .selectFrom('cancellationReason')
    .select(['label', 'archivedAt'])
    .select(sql<boolean>`${by} = ANY(said_by)`.as('may'))
    .where('id', '=', reasonId)
    .executeTakeFirst();
  if (!reason || reason.archivedAt || !reason.may)
    throw new DomainError('invalid_value', 'Choose a reason from the list.', { field: 'reasonId' });
  return reason.label;
}
