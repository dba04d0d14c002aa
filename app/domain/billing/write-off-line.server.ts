import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';
import { postRunLine } from './post-run-line.server.ts';
import type { WriteOff } from './run-adjustment.schema.ts';

/**
 * Gives up an unbilled line: a negative one with the reason goes beside it onto the invoice, so that together they come
 * to nothing. Done twice it is done once.
 * @throws DomainError not_found, locked (on a run already), invalid_value (nothing is left of it)
 */
export async function writeOffLine(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: WriteOff): Promise<void> {
  await inTransaction(db, async (trx) => {
    const found = await trx.selectFrom('charge').select('clientId').where('id', '=', input.chargeId).executeTakeFirst();
    if (!found) throw new DomainError('not_found', 'This line is not there any more.');
    const client = await lockBilledClient(trx, found.clientId);
    const about = await trx.selectFrom('charge').selectAll().where('id', '=', input.chargeId).forUpdate().executeTakeFirst();
    if (!about) throw new DomainError('not_found', 'This line is not there any more.');
    if (about.runId) throw new DomainError('locked', 'This line is on an invoice already; take it back by a credit note.');
    const { rows } = await sql<{ rest: bigint; writtenOff: boolean | null }>`
      SELECT (${about.net}::bigint + coalesce(sum(net), 0))::bigint AS rest, bool_or(kind = 'write_off') AS written_off
      FROM charge WHERE about_charge_id = ${about.id}::uuid AND reversed_at IS NULL`.execute(trx);
    if (rows[0]?.writtenOff) return;
    const rest = rows[0]?.rest ?? 0n;
    if (rest <= 0n) throw new DomainError('invalid_value', 'Nothing is left of this line to write off.');
    const values = {
      kind: 'write_off' as const,
      localDate: about.localDate,
      description: `Written off: ${input.reason}`,
    };
    const made = await trx
      .insertInto('charge')
      .values({
        ...values,
        clientId: client.id,
        net: -rest,
        taxPercent: about.taxPercent,
        aboutChargeId: about.id,
        programId: about.programId,
        reason: JSON.stringify({ said: input.reason, of: rest.toString() }),
        settledAt: ctx.clock(),
        createdBy: actor.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { currency } = await getOrganisation(trx);
    await postRunLine(trx, { ...values, id: made.id }, client, { was: 0n, net: -rest, currency });
    await audit(trx, actor, {
      action: 'charge.write_off',
      subjectType: 'client',
      subjectId: client.id,
      after: { charge: about.id, net: -rest },
      reason: input.reason,
    });
  });
}
