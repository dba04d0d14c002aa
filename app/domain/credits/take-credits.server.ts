import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { lockCreditPools } from '#app/domain/billing/credits.server.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { recogniseCredits } from '#app/domain/billing/recognise-credits.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findMove, lockFamily, lotCodeOf, pickLots, reasonOf } from './move-guards.server.ts';

export interface TakeCredits {
  /** Chosen by the form, so that sending it twice takes once. */
  id: string;
  clientId: string;
  /** The package they come from; null: all, in the order they are used. */
  lotId?: string | null;
  /** Hundredths of a credit, above 0. */
  credits: bigint;
  reason: string;
}

/**
 * Takes credits away that should not be there, with the reason. What sessions hold stays, and nothing goes below zero.
 * @throws DomainError unknown_reference, invalid_value at the field
 */
export async function takeCredits(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: TakeCredits): Promise<void> {
  const reason = reasonOf(input.reason);
  await inTransaction(db, async (trx) => {
    const client = await lockFamily(trx, input.clientId, 'clientId');
    if (await findMove(trx, input.id, { kind: 'correction', clientId: client.id, credits: -input.credits })) return;
    const pool = (await lockCreditPools(trx, [client])).get(client.id);
    if (!pool) return;
    const { timezone } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    const lotCode = await lotCodeOf(trx, client.id, input.lotId);
    const picked = pickLots(pool, input.credits, { lotCode, usableOn: today });
    await trx
      .insertInto('creditMove')
      .values({
        id: input.id,
        kind: 'correction',
        clientId: client.id,
        credits: -input.credits,
        reason,
        createdBy: actor.userId,
      })
      .execute();
    await post(trx, {
      key: `move:${input.id}`,
      effectiveOn: today,
      description: 'Credits taken away by a correction',
      entries: [
        ...picked.map(({ lot, amount }) => ({ account: lot.account, amount: -amount })),
        { account: accounts.creditsIssued(), amount: input.credits },
      ],
    });
    await recogniseCredits(trx, client, today);
    await audit(trx, actor, {
      action: 'credits.correct',
      subjectType: 'client',
      subjectId: client.id,
      after: { moveId: input.id, lotId: input.lotId ?? null, credits: -input.credits },
      reason,
    });
  });
}
