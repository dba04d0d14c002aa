import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { openLot } from '#app/domain/billing/open-lot.server.ts';
import { recogniseCredits } from '#app/domain/billing/recognise-credits.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findMove, lockFamily, reasonOf } from './move-guards.server.ts';

export interface GiveCredits {
  /** Chosen by the form, so that sending it twice gives once. */
  id: string;
  clientId: string;
  /** gift: out of kindness; correction: they should have been there. */
  kind: 'gift' | 'correction';
  /** Hundredths of a credit, above 0. */
  credits: bigint;
  studentId?: string | null;
  /** The last day whose sessions they serve; null: without an end. */
  expiresOn?: string | null;
  reason: string;
}

/**
 * Gives a family credits that nobody is charged for, with the reason.
 * @throws DomainError unknown_reference, invalid_value at the field
 */
export async function giveCredits(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: GiveCredits,
): Promise<{ lotId: string }> {
  const reason = reasonOf(input.reason);
  if (input.credits <= 0n) throw new DomainError('invalid_value', 'Enter a number of credits above 0.', { field: 'credits' });
  return inTransaction(db, async (trx) => {
    const client = await lockFamily(trx, input.clientId, 'clientId');
    const done = await findMove(trx, input.id, { kind: input.kind, clientId: client.id, credits: input.credits });
    if (done?.lotId) return { lotId: done.lotId };
    const { timezone } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    if (input.expiresOn && input.expiresOn < today)
      throw new DomainError('invalid_value', 'Choose a last day that is not over.', { field: 'expiresOn' });
    const lot = await openLot(trx, actor, client, {
      kind: input.kind,
      studentId: input.studentId,
      credits: input.credits,
      price: 0n,
      purchasedOn: today,
      expiresOn: input.expiresOn,
      description: input.kind === 'gift' ? 'Credits given' : 'Credits added by a correction',
    });
    await recogniseCredits(trx, client, today);
    await trx
      .insertInto('creditMove')
      .values({
        id: input.id,
        kind: input.kind,
        clientId: client.id,
        credits: input.credits,
        lotId: lot.id,
        reason,
        createdBy: actor.userId,
      })
      .execute();
    await audit(trx, actor, {
      action: input.kind === 'gift' ? 'credits.gift' : 'credits.correct',
      subjectType: 'client',
      subjectId: client.id,
      after: { moveId: input.id, lotId: lot.id, credits: input.credits, expiresOn: input.expiresOn ?? null },
      reason,
    });
    return { lotId: lot.id };
  });
}
