import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { lockCreditPools } from '#app/domain/billing/credits.server.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { divideRounded } from '#app/domain/billing/money.ts';
import { openLot } from '#app/domain/billing/open-lot.server.ts';
import { recogniseCredits } from '#app/domain/billing/recognise-credits.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findMove, lotCodeOf, pickLots, reasonOf } from './move-guards.server.ts';

export interface TransferCredits {
  /** Chosen by the form, so that sending it twice moves once. */
  id: string;
  clientId: string;
  /** Another family, or the same, from one child's package to all. */
  toClientId: string;
  /** The package they come from; null: all, in the order they are used. */
  lotId?: string | null;
  /** For one child of the family they go to; null: for all its children. */
  studentId?: string | null;
  /** Hundredths of a credit, above 0. */
  credits: bigint;
  reason: string;
}

/**
 * Moves credits to another family, or between the packages of one, with the reason. They keep the last day and the program
 * of the package they come from, and what the family that gets them has booked below zero is covered first.
 * @throws DomainError unknown_reference, invalid_value at the field
 */
export async function transferCredits(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: TransferCredits): Promise<void> {
  const reason = reasonOf(input.reason);
  await inTransaction(db, async (trx) => {
    const families = await trx
      .selectFrom('client')
      .select(['id', 'ref'])
      .where('id', 'in', [...new Set([input.clientId, input.toClientId])])
      .execute();
    const from = families.find((one) => one.id === input.clientId);
    const to = families.find((one) => one.id === input.toClientId);
    if (!from || !to) {
      const field = from ? 'toClientId' : 'clientId';
      throw new DomainError('unknown_reference', 'This family does not exist.', { field });
    }
    // Both at once, in one order, so that two who move towards each other don't wait in a circle.
    const pool = (await lockCreditPools(trx, families)).get(from.id);
    const own = { kind: 'transfer', clientId: from.id, toClientId: to.id };
    if (!pool || (await findMove(trx, input.id, own))) return;
    const { timezone, currency } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    const lotCode = await lotCodeOf(trx, from.id, input.lotId);
    const picked = pickLots(pool, input.credits, { lotCode, usableOn: today });
    for (const [index, { lot, amount }] of picked.entries()) {
      const made = await openLot(trx, actor, to, {
        kind: 'transfer',
        studentId: input.studentId,
        programId: lot.programId,
        credits: amount,
        price: 0n,
        purchasedOn: today,
        expiresOn: lot.expiresOn,
        from: lot.account,
        description: 'Credits moved',
      });
      await movePrice(trx, { from, to, amount, sourceCode: lot.account.code, lotId: made.id, today, currency });
      await trx
        .insertInto('creditMove')
        .values({
          id: index === 0 ? input.id : randomUUID(),
          kind: 'transfer',
          clientId: from.id,
          toClientId: to.id,
          credits: amount,
          lotId: made.id,
          reason,
          createdBy: actor.userId,
        })
        .execute();
    }
    for (const family of new Set([from, to])) await recogniseCredits(trx, family, today);
    for (const subjectId of new Set([from.id, to.id])) {
      await audit(trx, actor, {
        action: 'credits.transfer',
        subjectType: 'client',
        subjectId,
        after: { moveId: input.id, fromClientId: from.id, toClientId: to.id, credits: input.credits },
        reason,
      });
    }
  });
}

interface Party {
  id: string;
  ref: string;
}

interface MovedPart {
  from: Party;
  to: Party;
  amount: bigint;
  sourceCode: string;
  lotId: string;
  today: string;
  currency: string;
}

/** What was paid for the credits goes with them: it is owed to whoever has them now, and earned when they use them. */
async function movePrice(
  trx: Transaction<DB>,
  { from, to, amount, sourceCode, lotId, today, currency }: MovedPart,
): Promise<void> {
  const { rows } = await sql<{ id: string; base: bigint; price: bigint }>`
    SELECT l.id, (l.credits + l.moved_credits)::bigint AS base,
      (l.moved_price + coalesce((SELECT sum(c.net) FROM charge c WHERE c.credit_lot_id = l.id), 0)
        + coalesce((SELECT sum(n.net) FROM charge c JOIN invoice_line i ON i.charge_id = c.id
            JOIN credit_note_line n ON n.invoice_line_id = i.id WHERE c.credit_lot_id = l.id), 0))::bigint AS price
    FROM credit_lot l JOIN account a ON a.id = l.account_id WHERE a.code = ${sourceCode}`.execute(trx);
  const [source] = rows;
  if (!source) throw new Error(`no lot has the account ${sourceCode}`);
  const part = source.base === 0n ? 0n : divideRounded(source.price * amount, source.base);
  await sql`UPDATE credit_lot SET moved_price = moved_price - ${part}, moved_credits = moved_credits - ${amount}
    WHERE id = ${source.id}`.execute(trx);
  await sql`UPDATE credit_lot SET moved_price = ${part} WHERE id = ${lotId}`.execute(trx);
  await post(trx, {
    key: `lot:${lotId}:price`,
    effectiveOn: today,
    description: 'What was paid for the credits moves with them',
    entries: [
      { account: accounts.deferred(from, currency), amount: part },
      { account: accounts.deferred(to, currency), amount: -part },
    ],
  });
}
