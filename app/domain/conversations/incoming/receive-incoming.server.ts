import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { countTry } from '#app/auth/limits.server.ts';
import type { DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { mailIdOf, recordBounce } from '#app/domain/messages/record-bounce.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { excerptOf } from '../conversation-text.ts';
import { type ConversationPerson, listConversationPeople } from '../people.server.ts';
import { findConversation } from '../queries.server.ts';
import { isRepliers, readReplyAddress } from '../reply-address.server.ts';
import { replyTextOf } from '../reply-text.ts';
import { writeMessage } from '../write-message.server.ts';
import { bareAddress, type Incoming, type IncomingMessage } from './incoming-mail.ts';

type Context = Pick<DomainContext, 'clock' | 'enqueue' | 'config'>;

/**
 * What became of it: written into its conversation (`again`: it had been before), passed over since a program wrote it or it
 * isn't an answer's address at all, given to the office as a task, or noted of a mail that came back.
 */
export type Received = 'written' | 'again' | 'automatic' | 'not_ours' | 'office' | 'noted';

export async function receiveIncoming(db: Kysely<DB>, ctx: Context, incoming: Incoming): Promise<Received> {
  if (incoming.type === 'message') return receiveMessage(db, ctx, incoming);
  const { type, mail, address, kind, detail } = incoming;
  const about = { mailId: mailIdOf(mail), address: bareAddress(address), kind: type === 'complaint' ? type : kind, detail };
  return (await recordBounce(db, ctx, about)) ? 'noted' : 'not_ours';
}

/** An answer by mail. Its address says which conversation and whose answer it is; it counts if it comes from that person. */
async function receiveMessage(db: Kysely<DB>, ctx: Context, mail: IncomingMessage): Promise<Received> {
  if (mail.automatic) return 'automatic';
  const { reply_domain } = await getMessageRules(db);
  const [token] = mail.to.flatMap((to) => readReplyAddress(bareAddress(to), reply_domain) ?? []);
  if (!token) return 'not_ours';
  const from = bareAddress(mail.from);
  const key = createHash('sha256')
    .update(mail.id.trim() || JSON.stringify([from, mail.to, mail.text]))
    .digest('base64url');
  const conversation = await findConversation(db, ctx.clock(), token.conversationId);
  const people = conversation ? await listConversationPeople(db, conversation) : [];
  const person = people.find((one) => isRepliers(ctx.config, token, one));
  const office = (reason: string) =>
    giveToOffice(db, ctx, { key, reason, from, mail, studentId: person && conversation?.studentId });
  if (!conversation || !person) return office('It was sent to an address that isn’t anybody’s any more.');
  if (!person.addresses.includes(from)) return office(`It came from another address than ${person.name}’s.`);
  if (await countTry(db, [{ limit: 'messageMail', of: `${conversation.id} ${person.kind} ${person.id}` }])) {
    // One task a day: a program that answers by itself would make one with each of its mails.
    const day = ctx.clock().toISOString().slice(0, 10);
    const reason = `So many mails came from ${person.name} within an hour that a program may be writing them: they are not passed on until it is over.`;
    return giveToOffice(db, ctx, {
      key: `many:${conversation.id}:${day}`,
      reason,
      from,
      mail,
      studentId: conversation.studentId,
    });
  }
  const body = replyTextOf(mail.text);
  if (!body) return office('There was no text in it that was not quoted.');
  try {
    const { again } = await writeMessage(
      db,
      ctx,
      { userId: person.userId, kind: person.userId ? 'user' : 'guest' },
      {
        ...{ tutorId: conversation.tutorId, studentId: conversation.studentId, body },
        ...{ side: person.kind, clientId: clientIdOf(person), sourceKey: `mail:${key}`, via: 'mail' },
      },
    );
    return again ? 'again' : 'written';
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return office(error.message);
  }
}

const clientIdOf = (person: ConversationPerson) => (person.kind === 'client' ? person.id : null);

/** Somebody wrote, and it must not get lost: a task with what it says, once for each mail. */
async function giveToOffice(
  db: Kysely<DB>,
  ctx: Context,
  about: { key: string; reason: string; from: string; mail: IncomingMessage; studentId: string | undefined },
): Promise<Received> {
  const { key, reason, from, mail, studentId } = about;
  await inTransaction(db, (trx) =>
    raiseTask(trx, ctx, {
      event: 'reply_unassigned',
      key,
      about: studentId ? { studentId } : {},
      body: `${reason} From ${from || 'an unknown address'}: “${excerptOf(replyTextOf(mail.text) || mail.text, 300)}”`,
    }),
  );
  return 'office';
}
