import { type Kysely, type Selectable, sql } from 'kysely';
import type { DB, MailMessage } from '#db/types.ts';
import { isMailTemplate } from '#emails/templates.ts';
import { readPreferences } from './preferences.server.ts';
import { isWanted } from './preferences.ts';

/** Said in the log of a mail that was not sent. */
export const WITHHELD = {
  unwanted: 'The reader doesn’t want such mails.',
  overtaken: 'The session was moved or cancelled, it has begun, or its reader chose other times, before this could go out.',
  hard: 'Mails to this address came back, so nothing more is sent there.',
  complaint: 'The reader told their mail service that our mails are spam, so nothing more is sent there.',
  by_hand: 'The office has blocked this address.',
} as const;

/** Why a mail that waits is not to be sent after all, in words for the log; undefined where it is. */
export async function whyWithheld(
  db: Kysely<DB>,
  { toAddress, template }: Pick<Selectable<MailMessage>, 'toAddress' | 'template'>,
): Promise<string | undefined> {
  const block = await db
    .selectFrom('mailBlock')
    .select('cause')
    .where('address', '=', sql<string>`${toAddress}::citext`)
    .executeTakeFirst();
  if (block) return WITHHELD[block.cause as 'hard' | 'complaint' | 'by_hand'];
  const wanted = !isMailTemplate(template) || isWanted(await readPreferences(db, [toAddress]), toAddress, template);
  return wanted ? undefined : WITHHELD.unwanted;
}
