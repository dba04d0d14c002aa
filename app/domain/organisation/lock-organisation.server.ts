import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import type { DB } from '#db/types.ts';
import { getOrganisation, type Organisation } from './queries.server.ts';

/** The organisation, held until the transaction ends. Throws conflict when somebody saved since `version`. */
export async function lockOrganisation(trx: Transaction<DB>, version: number): Promise<Organisation> {
  const locked = await trx.selectFrom('organisation').select('id').forUpdate().executeTakeFirst();
  if (!locked) throw new DomainError('not_found', 'Lectern has no organisation yet: finish the set-up first.');
  const before = await getOrganisation(trx);
  if (before.version !== version)
    throw await changedMeanwhile(trx, { type: 'organisation', id: null, word: 'organisation', version: before.version });
  return before;
}
