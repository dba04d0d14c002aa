import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** @throws DomainError unknown_reference (field payGroupId) */
export async function knownPayGroup(db: Kysely<DB>, id: string | null): Promise<void> {
  if (id === null) return;
  const group = await db.selectFrom('payGroup').select('id').where('id', '=', id).executeTakeFirst();
  if (!group)
    throw new DomainError('unknown_reference', 'This pay group is not there any more. Choose another.', { field: 'payGroupId' });
}
