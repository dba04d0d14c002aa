import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** In a statement: the day itself, or where it is closed the first open one after it. */
export const openDay = (day: RawBuilder<unknown> | string): RawBuilder<string> =>
  sql<string>`greatest(${day}::date, (SELECT books_closed_to + 1 FROM organisation))`;

/** The last day that is closed; null: none is. */
export async function booksClosedTo(db: Kysely<DB>): Promise<string | null> {
  const row = await db.selectFrom('organisation').select('booksClosedTo').executeTakeFirst();
  return row?.booksClosedTo ?? null;
}

/**
 * For what a person dates by hand: money that came in, a refund, a package sold. What settlement, runs and imports post
 * moves to the first open day by itself.
 * @throws DomainError invalid_value at `field` when the day is closed
 */
export async function assertOpenDay(db: Kysely<DB>, actor: Actor, day: string, field: string): Promise<void> {
  if (actor.kind !== 'user') return;
  const closed = await booksClosedTo(db);
  if (closed === null || day > closed) return;
  throw new DomainError('invalid_value', `The books are closed to ${closed}. Choose a later day, or open them under Books.`, {
    field,
    details: { closedTo: closed },
  });
}
