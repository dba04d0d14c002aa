import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { accounts } from './accounts.ts';
import { findInvoice } from './invoice-queries.server.ts';
import { post } from './ledger.server.ts';
import { allocatePayments } from './payment-allocation.server.ts';

export interface WriteOffInvoice {
  /** Of the form: the same write-off sent twice is one. */
  id: string;
  invoiceId: string;
  /** Minor units, above 0, at most what is open. */
  amount: bigint;
  reason: string;
}

/**
 * Gives up what is open of an issued invoice, or a part of it: the invoice stays as it is, and so much less is owed.
 * The tax of it stays owed to the state; a credit note takes that back too.
 * @throws DomainError not_found, invalid_value at `amount` or `reason`
 */
export async function writeOffInvoice(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: WriteOffInvoice): Promise<void> {
  const reason = input.reason.trim();
  if (reason === '') throw new DomainError('invalid_value', 'Say why it is given up.', { field: 'reason' });
  if (input.amount <= 0n) throw new DomainError('invalid_value', 'Enter an amount above 0.', { field: 'amount' });
  await inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom('invoiceWriteOff')
      .select(['invoiceId', 'amount'])
      .where('id', '=', input.id)
      .executeTakeFirst();
    if (known) return assertSentBefore(known, { invoiceId: input.invoiceId, amount: input.amount });
    const head = await trx.selectFrom('invoice').select('clientId').where('id', '=', input.invoiceId).executeTakeFirst();
    if (!head) throw new DomainError('not_found', 'This invoice is not there.');
    const client = await trx
      .selectFrom('client')
      .select(['id', 'ref'])
      .where('id', '=', head.clientId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const invoice = await findInvoice(trx, input.invoiceId);
    if (!invoice || input.amount > invoice.open)
      throw new DomainError('invalid_value', 'That is more than is open of this invoice.', { field: 'amount' });
    const writtenOffOn = localDateOf(ctx.clock(), (await getOrganisation(trx)).timezone);
    await trx
      .insertInto('invoiceWriteOff')
      .values({ ...input, reason, writtenOffOn, createdBy: actor.userId })
      .execute();
    await post(trx, {
      key: `invoice-write-off:${input.id}`,
      effectiveOn: writtenOffOn,
      description: `Given up of ${invoice.numberText}`,
      entries: [
        { account: accounts.badDebts(invoice.currency), amount: input.amount },
        { account: accounts.receivable(client, invoice.currency), amount: -input.amount },
      ],
    });
    await allocatePayments(trx, client.id);
    await audit(trx, actor, {
      action: 'invoice.write_off',
      subjectType: 'invoice',
      subjectId: input.invoiceId,
      after: { writeOffId: input.id, amount: input.amount },
      reason,
    });
  });
}
