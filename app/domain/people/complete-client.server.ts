import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { freeText, optionalEmail, recordId } from './fields.ts';

export const completeClientSchema = z
  .object({ clientId: recordId, address: freeText(500), email: optionalEmail.optional() })
  .refine((input) => input.address !== '' || input.email, { path: ['address'], message: 'Enter it first' });
export type CompleteClient = z.output<typeof completeClientSchema>;

/**
 * Fills in what an invoice lacks, an address or an e-mail address, where there is none; what is there stays.
 * @throws DomainError not_found, conflict when somebody entered another one meanwhile
 */
export async function completeClient(db: Kysely<DB>, actor: Actor, input: CompleteClient): Promise<void> {
  await inTransaction(db, async (trx) => {
    const client = await trx.selectFrom('client').selectAll().where('id', '=', input.clientId).forUpdate().executeTakeFirst();
    if (!client) throw new DomainError('not_found', 'This family is not there.');
    const wanted = {
      ...(input.address === '' ? {} : { address: input.address }),
      ...(input.email ? { email: input.email } : {}),
    };
    for (const field of ['address', 'email'] as const) {
      const there = client[field];
      if (wanted[field] !== undefined && there && there !== wanted[field])
        throw new DomainError('conflict', 'Somebody entered another one meanwhile.', { field });
    }
    if ((wanted.address ?? client.address) === client.address && (wanted.email ?? client.email) === client.email) return;
    await trx
      .updateTable('client')
      .set({ ...wanted, version: client.version + 1 })
      .where('id', '=', client.id)
      .execute();
    await audit(trx, actor, {
      action: 'client.edit',
      subjectType: 'client',
      subjectId: client.id,
      after: { filled: Object.keys(wanted) },
    });
  });
}
