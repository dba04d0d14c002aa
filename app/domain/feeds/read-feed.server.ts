import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { readUser } from '#app/auth/find-user.server.ts';
import { hashToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { listFeedEvents } from './feed-events.server.ts';
import { FEED_NAMES, type FeedScope, mayFeed } from './feed-scope.ts';
import { writeFeed } from './write-feed.server.ts';

export interface ReadFeed {
  content: string;
  /** Of the content. */
  hash: string;
  /** Since when it says this; to the second, as HTTP writes it. */
  changedAt: Date;
}

const DAY = 86_400_000;

/** How far a feed looks back and ahead. The whole company's is shorter, since it has everybody's. */
const WINDOW: Record<FeedScope, { back: number; ahead: number }> = {
  tutor: { back: 60, ahead: 366 },
  family: { back: 60, ahead: 366 },
  office: { back: 14, ahead: 92 },
};

/**
 * What the address of a feed says now, by what its person may see now. Undefined for an address nobody has, one taken
 * back, a disabled person, and a role that was taken away.
 */
export async function readFeed(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'config'>,
  token: string,
): Promise<ReadFeed | undefined> {
  const feed = await db
    .selectFrom('calendarFeed')
    .select(['id', 'userId', 'scope', 'contentHash', 'changedAt'])
    .where('tokenHash', '=', hashToken(token))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  const user = feed && (await readUser(db, feed.userId, ''));
  if (!user || !mayFeed(user, feed.scope)) return undefined;
  const now = ctx.clock();
  const { back, ahead } = WINDOW[feed.scope];
  // By whole days, so that what is asked for twice a day is the same twice.
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const from = new Date(today - back * DAY);
  const to = new Date(today + ahead * DAY);
  const organisation = await getOrganisation(db);
  const content = writeFeed({
    name: feed.scope === 'office' ? organisation.name : `${organisation.name}: ${FEED_NAMES[feed.scope].toLowerCase()}`,
    from,
    to,
    events: await listFeedEvents(db, user, feed.scope, { from, to, now, company: organisation.name, origin: ctx.config.origin }),
  });
  const hash = createHash('sha256').update(content).digest('base64url');
  const second = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const changedAt = feed.contentHash === hash && feed.changedAt ? feed.changedAt : second;
  await db.updateTable('calendarFeed').set({ lastReadAt: now, contentHash: hash, changedAt }).where('id', '=', feed.id).execute();
  return { content, hash, changedAt };
}
