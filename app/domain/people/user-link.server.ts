import type { Transaction } from 'kysely';
import type { Role } from '#app/auth/roles.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RecordLink } from './user.schema.ts';

/** Says which record of the business a user is. Throws invalid_value (role missing), not_found, conflict (taken). */
export async function linkUser(
  trx: Transaction<DB>,
  { userId, roles, link }: { userId: string; roles: readonly Role[]; link: RecordLink },
): Promise<void> {
  if (!roles.includes(link.type)) {
    throw new DomainError('invalid_value', `Give them the role ${link.type} as well, or choose no record.`, {
      field: 'link',
    });
  }
  const record = await trx.selectFrom(link.type).where('id', '=', link.id).select('userId').forUpdate().executeTakeFirst();
  if (record === undefined)
    throw new DomainError('not_found', 'This record is gone. Choose another.', {
      field: 'link',
    });
  if (record.userId !== null && record.userId !== userId) {
    throw new DomainError('conflict', 'Somebody else signs in for this record already.', { field: 'link' });
  }
  await unlinkUser(trx, userId, link.type);
  await trx.updateTable(link.type).set({ userId }).where('id', '=', link.id).execute();
}

export async function unlinkUser(trx: Transaction<DB>, userId: string, type: RecordLink['type']): Promise<void> {
  await trx.updateTable(type).set({ userId: null }).where('userId', '=', userId).execute();
}
