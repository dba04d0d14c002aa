import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** An entry that still waits, locked for a change. @throws DomainError not_found; conflict when it is settled */
export async function lockWaiting(trx: Transaction<DB>, id: string) {
  const entry = await trx.selectFrom('waitingList').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!entry) throw new DomainError('not_found', 'This entry of a waiting list is not there.');
  if (entry.status === 'placed') throw new DomainError('conflict', 'They have their place already.');
  if (entry.status === 'left') throw new DomainError('conflict', 'They don’t wait for it any more.');
  return entry;
}
