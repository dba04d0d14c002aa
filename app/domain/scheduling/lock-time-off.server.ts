import type { Selectable, Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB, TimeOff } from '#db/types.ts';
import { lockTutor } from './lock-tutor.server.ts';

/**
 * Time off about to be decided or taken back: its tutor held first, then itself.
 * @throws DomainError not_found
 */
export async function lockTimeOff(trx: Transaction<DB>, id: string, now: Date): Promise<Selectable<TimeOff>> {
  const found = await trx.selectFrom('timeOff').select('tutorId').where('id', '=', id).executeTakeFirst();
  if (!found) throw new DomainError('not_found', 'This time off is not there.');
  await lockTutor(trx, found.tutorId, now);
  return trx.selectFrom('timeOff').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}
