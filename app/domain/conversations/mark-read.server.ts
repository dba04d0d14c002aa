import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Somebody has read a conversation until then. It never goes back. */
export async function markRead(
  db: Kysely<DB>,
  { conversationId, userId, until }: { conversationId: string; userId: string; until: Date },
): Promise<void> {
  await sql`
    INSERT INTO conversation_read AS r (conversation_id, user_id, read_at) VALUES (${conversationId}, ${userId}, ${until})
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_at = greatest(r.read_at, excluded.read_at)`.execute(db);
}
