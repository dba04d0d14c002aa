import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { bodySchema } from './conversation-text.ts';
import { markRead } from './mark-read.server.ts';
import { teaches } from './teaches.server.ts';

/** Messages of so many milliseconds go out as one mail. */
export const GATHERED_MS = 3 * 60_000;

export interface MessageInput {
  tutorId: string;
  studentId: string;
  side: 'tutor' | 'client' | 'student' | 'office';
  /** Of the family's, the client or guardian who writes. */
  clientId?: string | null;
  body: string;
  /** Of the form or of the mail it came in by: the same is written once. */
  sourceKey: string;
  via?: 'page' | 'mail';
}

export interface WrittenMessage {
  conversationId: string;
  messageId: string;
  /** It had come before. */
  again: boolean;
}

/**
 * Writes a message between a tutor and the family of a student, beginning their conversation if there is none; the others
 * are mailed a little later. Who may write for whom is the caller's to ask (`can`).
 * @throws DomainError forbidden where messages are switched off; locked where the conversation is closed or the tutor has
 *   nothing to do with the student; conflict where the form was sent before with another text; invalid_value (field `body`)
 */
export async function writeMessage(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'enqueue'>,
  actor: Actor,
  input: MessageInput,
): Promise<WrittenMessage> {
  const parsed = bodySchema.safeParse(input.body);
  if (!parsed.success) throw new DomainError('invalid_value', parsed.error.issues[0]?.message ?? '', { field: 'body' });
  const body = parsed.data;
  const { tutorId, studentId, side, clientId = null, sourceKey, via = 'page' } = input;
  return inTransaction(db, async (trx) => {
    const conversation = await theirConversation(trx, ctx.clock(), { tutorId, studentId });
    const before = await trx
      .selectFrom('conversationMessage')
      .select(['id', 'conversationId', 'body'])
      .where('sourceKey', '=', sourceKey)
      .executeTakeFirst();
    if (before) {
      if (via === 'page')
        assertSentBefore({ conversationId: before.conversationId, body: before.body }, { conversationId: conversation.id, body });
      return { conversationId: before.conversationId, messageId: before.id, again: true };
    }
    if (!(await getMessageRules(trx)).conversations) throw new DomainError('forbidden', 'Messages are switched off.');
    if (conversation.closedAt) throw new DomainError('locked', 'The office has closed this conversation.');
    if (side !== 'office' && !conversation.active) {
      throw new DomainError('locked', 'Messages can be written as long as lessons are planned, and 30 days after the last one.');
    }
    const now = ctx.clock();
    const { id: messageId } = await trx
      .insertInto('conversationMessage')
      .values({
        conversationId: conversation.id,
        side,
        senderUserId: actor.userId,
        senderClientId: clientId,
        body,
        via,
        sourceKey,
        createdAt: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx.updateTable('conversation').set({ lastMessageAt: now }).where('id', '=', conversation.id).execute();
    if (actor.userId) await markRead(trx, { conversationId: conversation.id, userId: actor.userId, until: now });
    const startAfter = new Date(now.getTime() + GATHERED_MS);
    await ctx.enqueue(trx, { name: 'conversations.tell', data: { conversationId: conversation.id } }, { startAfter });
    await audit(trx, actor, {
      action: 'conversation.write',
      subjectType: 'conversation',
      subjectId: conversation.id,
      after: { messageId, side, via },
    });
    return { conversationId: conversation.id, messageId, again: false };
  });
}

/** Locked, so that messages follow each other. */
async function theirConversation(trx: Transaction<DB>, now: Date, pair: { tutorId: string; studentId: string }) {
  await sql`
    INSERT INTO conversation (tutor_id, student_id)
    SELECT t.id, s.id FROM tutor t CROSS JOIN student s WHERE t.id = ${pair.tutorId} AND s.id = ${pair.studentId}
    ON CONFLICT (tutor_id, student_id) DO NOTHING`.execute(trx);
  const { rows } = await sql<{ id: string; closedAt: Date | null; active: boolean }>`
    SELECT c.id, c.closed_at, ${teaches(sql`c.tutor_id`, sql`c.student_id`, now)} AS active
    FROM conversation c WHERE c.tutor_id = ${pair.tutorId} AND c.student_id = ${pair.studentId} FOR UPDATE OF c`.execute(trx);
  if (!rows[0]) throw new DomainError('not_found', 'There is nobody to write to.');
  return rows[0];
}
