import type { Kysely } from 'kysely';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { hashToken, newToken } from '#app/auth/token.server.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { FEED_NAMES, type FeedScope, mayFeed } from './feed-scope.ts';

/** More than anybody has devices; fewer than would let a loop fill the table. */
const MOST = 20;

export interface CreateFeedInput {
  /** Chosen by the form, so that a double click makes one. */
  id: string;
  scope: FeedScope;
  /** What the person calls it, such as the device; may be empty. */
  name: string;
}

/**
 * Makes a calendar address and answers its secret, which is kept nowhere. The same form sent again makes the address
 * anew instead of a second one, so that the last answer is the one that holds.
 * @throws DomainError forbidden, conflict (too many)
 */
export async function createFeed(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  user: SignedInUser,
  input: CreateFeedInput,
): Promise<{ token: string }> {
  if (!mayFeed(user, input.scope))
    throw new DomainError('forbidden', 'Your role does not include these sessions.', { field: 'scope' });
  const token = newToken();
  await inTransaction(db, async (trx) => {
    // One at a time for each person, or two at once would both find room for one more.
    await trx.selectFrom('users').select('id').where('id', '=', user.id).forNoKeyUpdate().execute();
    const again = await trx
      .updateTable('calendarFeed')
      .set({ tokenHash: hashToken(token) })
      .where('id', '=', input.id)
      .where('userId', '=', user.id)
      .where('revokedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (again) return;
    const held = await trx
      .selectFrom('calendarFeed')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('userId', '=', user.id)
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(held.count) >= MOST)
      throw new DomainError('conflict', `You have ${MOST} addresses already. Take back one that you don’t use.`);
    await trx
      .insertInto('calendarFeed')
      .values({
        id: input.id,
        userId: user.id,
        tokenHash: hashToken(token),
        name: input.name || FEED_NAMES[input.scope],
        scope: input.scope,
        createdAt: ctx.clock(),
      })
      .execute();
    await audit(trx, actor, {
      action: 'calendar_feed.create',
      subjectType: 'user',
      subjectId: user.id,
      after: { feedId: input.id, scope: input.scope },
    });
  });
  return { token };
}
