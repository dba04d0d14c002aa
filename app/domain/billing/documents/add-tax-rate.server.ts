import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Gives a tax percentage the name that it has on documents issued from now on.
 * @throws DomainError already_done at `name` where a tax of this name is there
 */
export async function addTaxRate(db: Kysely<DB>, actor: Actor, input: { name: string; percent: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const same = await trx
      .selectFrom('taxRate')
      .select('id')
      .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', input.name.toLowerCase()))
      .where('archivedAt', 'is', null)
      .executeTakeFirst();
    if (same) throw new DomainError('already_done', 'There is a tax of this name.', { field: 'name' });
    const { id } = await trx.insertInto('taxRate').values(input).returning('id').executeTakeFirstOrThrow();
    await audit(trx, actor, { action: 'tax_rate.create', subjectType: 'tax_rate', subjectId: id, after: input });
  });
}
