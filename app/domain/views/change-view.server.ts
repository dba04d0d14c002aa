import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { constraintOf } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ViewInput } from './view.schema.ts';

/** Another name, or shared with the office or no more. @throws DomainError not_found for somebody else's, duplicate_reference */
export async function changeView(
  db: Kysely<DB>,
  userId: string,
  { id, name, shared }: Pick<ViewInput, 'name' | 'shared'> & { id: string },
): Promise<void> {
  const changed = await db
    .updateTable('savedView')
    .set({ name, shared })
    .where('id', '=', id)
    .where('userId', '=', userId)
    .executeTakeFirst()
    .catch((error) => {
      if (constraintOf(error) === undefined) throw error;
      throw new DomainError('duplicate_reference', 'You have a view of this name already.', { field: 'name', cause: error });
    });
  if (changed.numUpdatedRows === 0n) throw new DomainError('not_found', 'This view does not exist any more.');
}
