import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { saveRules } from '#app/domain/organisation/save-rules.server.ts';
import type { DB } from '#db/types.ts';
import { type MessageRules, readMessageRules } from './message-rules.ts';

/** What an administrator has set about mails and messages, the defaults filled in. */
export async function getMessageRules(db: Kysely<DB>): Promise<MessageRules> {
  const row = await db.selectFrom('organisation').select('messages').executeTakeFirst();
  return readMessageRules(row?.messages);
}

/** Sets some of the rules, leaving the others as they are. Throws a ZodError for bad values. */
export const saveMessageRules = (db: Kysely<DB>, actor: Actor, changes: Partial<MessageRules>): Promise<MessageRules> =>
  saveRules(db, actor, 'messages', readMessageRules, changes);
