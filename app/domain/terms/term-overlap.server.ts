import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { TermValues } from './term.schema.ts';

/** Said before the constraint says it, with the name. @throws DomainError invalid_value (field startsOn) */
export async function refuseOverlap(trx: Transaction<DB>, term: TermValues, exceptId?: string): Promise<void> {
  const other = await trx
    .selectFrom('term')
    .select('name')
    .where('startsOn', '<=', term.endsOn)
    .where('endsOn', '>=', term.startsOn)
    .$if(exceptId !== undefined, (query) => query.where('id', '<>', exceptId ?? ''))
    .executeTakeFirst();
  if (other) throw overlap(`These days lie over ${other.name}: a day is in one term.`);
}

export const overlap = (message = 'These days lie over another term’s: a day is in one term.') =>
  new DomainError('invalid_value', message, { field: 'startsOn' });
