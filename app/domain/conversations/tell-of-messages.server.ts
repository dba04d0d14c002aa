import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { readPreferences } from '#app/domain/messages/preferences.server.ts';
import { isWanted } from '#app/domain/messages/preferences.ts';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { MOST_MESSAGES } from '#emails/conversation-message/data.ts';
import { type ConversationPerson, listConversationPeople } from './people.server.ts';
import { listMessages, type MessageRow } from './queries.server.ts';
import { replyAddress } from './reply-address.server.ts';

/**
 * Mails what was written in a conversation and nobody was told of yet: one mail for each reader, with what the other side or
 * the office wrote and they have not read. The handler of the job `conversations.tell`; several messages within its delay
 * are one mail, and a job that finds nothing new tells nobody.
 */
export async function tellOfMessages(
  db: Kysely<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
  { conversationId }: { conversationId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ tutorId: string; studentId: string; student: string; untold: string[] }>`
      SELECT c.tutor_id, c.student_id, concat_ws(' ', st.first_name, st.last_name) AS student,
             ARRAY(SELECT m.id FROM conversation_message m
                   WHERE m.conversation_id = c.id AND m.told_at IS NULL AND m.removed_at IS NULL) AS untold
      FROM conversation c JOIN student st ON st.id = c.student_id
      WHERE c.id = ${conversationId} FOR UPDATE OF c`.execute(trx);
    const [conversation] = rows;
    if (!conversation || conversation.untold.length === 0) return;
    const untold = new Set(conversation.untold);
    const all = await listMessages(trx, { id: conversationId }, { limit: 500, removedToo: false });
    const messages = all.filter((message) => untold.has(message.id));
    const people = await listConversationPeople(trx, conversation);
    const reads = await readMarks(trx, conversationId);
    const rules = await getMessageRules(trx);
    const preferences = await readPreferences(
      trx,
      people.flatMap((person) => person.address ?? []),
    );
    const mails = new Map<string, QueuedMail>();
    for (const person of people) {
      if (!person.address || !person.getsMails || !isWanted(preferences, person.address, 'conversation-message')) continue;
      const read = person.userId ? reads.get(person.userId) : undefined;
      const theirs = messages.filter((message) => isFor(person, message) && !(read && message.createdAt <= read));
      const last = theirs.at(-1);
      const key = person.address.toLowerCase();
      // An adult student is their own client: one mail.
      if (!last || mails.has(key)) continue;
      const place = person.kind === 'tutor' ? 'tutor' : 'family';
      mails.set(key, {
        template: 'conversation-message',
        to: { name: person.name, address: person.address },
        audience: person.kind,
        userId: person.userId,
        dedupeKey: `conversation:${last.id}:${key}`,
        data: {
          ...(person.locale ? { locale: person.locale } : {}),
          ...(person.zone ? { zone: person.zone } : {}),
          link: `${ctx.config.origin}/${place}/messages/${conversationId}`,
          student: oneLine(conversation.student),
          messages: theirs.slice(0, MOST_MESSAGES).map(({ side, author, createdAt, body }) => ({
            author: side === 'office' ? null : oneLine(author),
            at: createdAt.toISOString(),
            text: printable(body ?? ''),
          })),
          more: Math.max(0, theirs.length - MOST_MESSAGES),
          replyTo: rules.reply_domain ? replyAddress(ctx.config, rules.reply_domain, conversationId, person) : null,
        },
      });
    }
    await queueMails(trx, ctx, [...mails.values()]);
    await trx
      .updateTable('conversationMessage')
      .set({ toldAt: ctx.clock() })
      .where('id', 'in', [...untold])
      .execute();
  });
}

/** A family's message is for the tutor, all others' for the family too; nobody is told of their own. */
function isFor(person: ConversationPerson, { side, senderUserId }: MessageRow): boolean {
  if (senderUserId !== null && senderUserId === person.userId) return false;
  return person.kind === 'tutor' ? side !== 'tutor' : side === 'tutor' || side === 'office';
}

async function readMarks(db: Kysely<DB>, conversationId: string): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('conversationRead')
    .select(['userId', 'readAt'])
    .where('conversationId', '=', conversationId)
    .execute();
  return new Map(rows.map((row) => [row.userId, row.readAt]));
}

/** What a mail holds of a text: line ends, and no other control characters. */
const printable = (text: string) => text.replaceAll(/[\u0085\u2028\u2029]/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, ' ');
