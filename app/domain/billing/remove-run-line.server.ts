import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { dropRunLine } from './follow-charge.server.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';

/**
 * Takes an extra line, a discount or a write-off away again, while no run has it. Done twice it is done once.
 * @throws DomainError locked (on a run already), invalid_value for a session's or a package's line
 */
export async function removeRunLine(db: Kysely<DB>, actor: Actor, input: { chargeId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const found = await trx.selectFrom('charge').select('clientId').where('id', '=', input.chargeId).executeTakeFirst();
    if (!found) return;
    const client = await lockBilledClient(trx, found.clientId);
    const line = await trx.selectFrom('charge').selectAll().where('id', '=', input.chargeId).forUpdate().executeTakeFirst();
    if (!line) return;
    const { kind } = line;
    if (kind !== 'extra' && kind !== 'discount' && kind !== 'write_off')
      throw new DomainError('invalid_value', 'Only a line by hand can be taken away; this one comes from what took place.');
    if (line.runId) throw new DomainError('locked', 'This line is on an invoice already; take it back by a credit note.');
    const { currency } = await getOrganisation(trx);
    await dropRunLine(trx, { ...line, kind }, client, currency);
    await audit(trx, actor, {
      action: 'charge.remove',
      subjectType: 'client',
      subjectId: client.id,
      before: { charge: line.id, kind, net: line.net },
    });
  });
}
