import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { lockResources } from './conflicts.server.ts';

/**
 * A tutor whose time is about to change, held so that nobody books them meanwhile.
 * @throws DomainError not_found
 */
export async function lockTutor(trx: Transaction<DB>, tutorId: string, now: Date): Promise<{ id: string; timezone: string }> {
  await lockResources(trx, [tutorId], now);
  const tutor = await trx.selectFrom('tutor').select(['id', 'timezone']).where('id', '=', tutorId).executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
  return tutor;
}
