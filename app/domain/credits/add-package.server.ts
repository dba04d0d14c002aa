import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PackageValues } from './package.schema.ts';

/** Puts a package on sale, at the end of the list. @throws DomainError invalid_value (name), unknown_reference (programId) */
export async function addPackage(db: Kysely<DB>, actor: Actor, input: PackageValues): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await checkPackage(trx, input);
    const made = await trx
      .insertInto('package')
      .values({ ...input, position: sql`(SELECT coalesce(max(position), 0) + 1 FROM package)` })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, { action: 'package.create', subjectType: 'package', subjectId: made.id, after: input });
    return made;
  });
}

/** The list changes under one lock, so that two who add the same at once don't. */
export async function checkPackage(trx: Kysely<DB>, input: PackageValues, exceptId?: string): Promise<void> {
  await sql`LOCK TABLE package IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
  const same = await trx
    .selectFrom('package')
    .select(['id', 'archivedAt'])
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', input.name.toLowerCase()))
    .where('archivedAt', 'is', null)
    .execute();
  if (same.some((one) => one.id !== exceptId))
    throw new DomainError('invalid_value', `“${input.name}” is on sale already.`, { field: 'name' });
  if (!input.programId) return;
  const program = await trx.selectFrom('program').select('id').where('id', '=', input.programId).executeTakeFirst();
  if (!program) throw new DomainError('unknown_reference', 'This program is not there any more.', { field: 'programId' });
}
