import { type Kysely, type Selectable, sql } from 'kysely';
import type { DB, MailMessage } from '#db/types.ts';

/** Said in the log of a mail that was not sent. */
export const WITHHELD = {
  blocked: 'Mails to this address came back, so nothing more is sent there.',
  complaint: 'The reader told their mail service that our mails are spam, so nothing more is sent there.',
  by_hand: 'The office has blocked this address.',
} as const;

/** Why a mail that waits is not to be sent after all, in words for the log; undefined where it is. */
export async function whyWithheld(
  db: Kysely<DB>,
  mail: Pick<Selectable<MailMessage>, 'toAddress' | 'template'>,
): Promise<string | undefined> {
  const block = await db
    .selectFrom('mailBlock')
    .select('cause')
    .where('address', '=', sql<string>`${mail.toAddress}::citext`)
    .executeTakeFirst();
  if (!block) return undefined;
  if (block.cause === 'hard') return WITHHELD.blocked;
  return block.cause === 'complaint' ? WITHHELD.complaint : WITHHELD.by_hand;
}
