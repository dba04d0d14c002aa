import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction, sqlState } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface CloseBooks {
  /** The last closed day from now on, YYYY-MM-DD; null opens them altogether. */
  closedTo: string | null;
  /** What the page showed as closed, so that two at once don't undo each other. */
  was: string | null;
  /** Asked for when days are opened again. */
  reason: string;
}

/**
 * Closes the books up to a day, or opens days again. What belongs to a closed day and comes later is posted on the first
 * open one. Waits for postings under way, so that none slips into closed days.
 * @throws DomainError invalid_value at the field, conflict when somebody else closed or opened since, or postings go on
 */
export async function closeBooks(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: CloseBooks): Promise<void> {
  const reason = input.reason.trim();
  if (input.closedTo !== null && !isLocalDate(input.closedTo))
    throw new DomainError('invalid_value', 'Enter the last day to close.', { field: 'closedTo' });
  const work = inTransaction(db, async (trx) => {
    const row = await trx.selectFrom('organisation').select(['booksClosedTo', 'timezone']).forUpdate().executeTakeFirst();
    if (!row) throw new DomainError('not_found', 'Lectern has no organisation yet: finish the set-up first.');
    const before = row.booksClosedTo;
    if (before === input.closedTo) return;
    if (before !== input.was)
      throw new DomainError('conflict', 'Somebody closed or opened the books meanwhile. Look again and decide anew.');
    if (input.closedTo !== null && input.closedTo >= localDateOf(ctx.clock(), row.timezone))
      throw new DomainError('invalid_value', 'Only days that are over can be closed.', { field: 'closedTo' });
    const opens = before !== null && (input.closedTo === null || input.closedTo < before);
    if (opens && reason === '')
      throw new DomainError('invalid_value', 'Say why closed days are opened again.', { field: 'reason' });
    await sql`SET LOCAL lock_timeout = '5s'`.execute(trx);
    await sql`LOCK TABLE ledger_transaction IN SHARE MODE`.execute(trx);
    await trx.updateTable('organisation').set({ booksClosedTo: input.closedTo }).execute();
    await trx
      .insertInto('booksClosing')
      .values({ closedTo: input.closedTo, was: before, reason, decidedBy: actor.userId, decidedAt: ctx.clock() })
      .execute();
    await audit(trx, actor, {
      action: opens ? 'books.open' : 'books.close',
      subjectType: 'organisation',
      subjectId: null,
      before: { booksClosedTo: before },
      after: { booksClosedTo: input.closedTo },
      ...(reason === '' ? {} : { reason }),
    });
  });
  await work.catch((error: unknown) => {
    if (sqlState(error) !== '55P03') throw error;
    throw new DomainError('conflict', 'Something long is being posted just now. Nothing was closed; try again in a moment.', {
      cause: error,
    });
  });
}
