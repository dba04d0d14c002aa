import type { Kysely, Transaction } from 'kysely';
import { hashToken, newToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export type TokenPurpose = 'invite' | 'reset';

const HOUR = 60 * 60 * 1000;

/** How long a link holds. */
const LIFE: Record<TokenPurpose, number> = {
  invite: 7 * 24 * HOUR,
  reset: HOUR,
};

export interface IssuedLink {
  url: string;
  expiresAt: Date;
}

/** A new link for a user, bound to a purpose and to the address they have now. Older links for it stop working. */
export async function issueLink(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock' | 'config'>,
  purpose: TokenPurpose,
  user: { id: string; email: string },
): Promise<IssuedLink> {
  const now = ctx.clock();
  await voidLinks(trx, purpose, user.id, now);
  const token = newToken();
  const expiresAt = new Date(now.getTime() + LIFE[purpose]);
  await trx
    .insertInto('userToken')
    .values({
      purpose,
      userId: user.id,
      email: user.email,
      tokenHash: hashToken(token),
      expiresAt,
      createdAt: now,
    })
    .execute();
  return { url: `${ctx.config.origin}/${purpose}/${token}`, expiresAt };
}

export async function voidLinks(trx: Transaction<DB>, purpose: TokenPurpose, userId: string, now: Date): Promise<void> {
  await trx
    .updateTable('userToken')
    .set({ usedAt: now })
    .where('userId', '=', userId)
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .execute();
}

export interface LinkOwner {
  userId: string;
  email: string;
  name: string;
}

/** Whose link this is. Undefined for all that doesn't hold: unknown, used, expired, of another purpose or address. */
export async function findLinkOwner(
  db: Kysely<DB>,
  now: Date,
  purpose: TokenPurpose,
  token: string,
): Promise<LinkOwner | undefined> {
  return db
    .selectFrom('userToken')
    .innerJoin('users', 'users.id', 'userToken.userId')
    .where('userToken.tokenHash', '=', hashToken(token))
    .where('userToken.purpose', '=', purpose)
    .where('userToken.usedAt', 'is', null)
    .where('userToken.expiresAt', '>', now)
    .where('users.disabledAt', 'is', null)
    .whereRef('users.email', '=', 'userToken.email')
    .select(['users.id as userId', 'users.email', 'users.name'])
    .executeTakeFirst();
}

/** Uses a link up and says whose it was. Of two who use it at once the second waits for the first and then fails. */
export async function useLink(trx: Transaction<DB>, now: Date, purpose: TokenPurpose, token: string): Promise<LinkOwner> {
  const owner = await findLinkOwner(trx, now, purpose, token);
  const used =
    owner &&
    (await trx
      .updateTable('userToken')
      .set({ usedAt: now })
      .where('tokenHash', '=', hashToken(token))
      .where('usedAt', 'is', null)
      .returning('id')
      .executeTakeFirst());
  if (owner === undefined || used === undefined) {
    throw new DomainError('already_done', 'This link has been used already or is too old.');
  }
  return owner;
}
