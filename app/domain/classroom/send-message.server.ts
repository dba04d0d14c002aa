import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { MOST_CHAT_LETTERS, type RoomMessage } from './protocol.ts';
import { findMessage } from './queries.server.ts';
import type { Seat } from './seat.ts';

interface NewMessage {
  sessionId: string;
  seat: Seat;
  /** The sender's, so that one sent twice is there once. */
  id: string;
  body: string;
  fileId: string | null;
}

/**
 * Keeps what somebody says in the chat. That they are in the room is the caller's to know.
 * @throws DomainError invalid_value for nothing, or too much; not_found for a file of another room or of somebody else
 */
export async function sendMessage(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock'>,
  { sessionId, seat, id, body, fileId }: NewMessage,
): Promise<RoomMessage> {
  // The characters that no text in the database can hold, or that would make one line of many look like another.
  const text = body.replaceAll('\0', '').trim();
  if (text === '' && fileId === null) throw new DomainError('invalid_value', 'Type a message first.');
  if ([...text].length > MOST_CHAT_LETTERS) {
    throw new DomainError('invalid_value', `A message has at most ${MOST_CHAT_LETTERS} letters. Send it in parts.`);
  }
  if (fileId !== null) {
    const file = await db
      .selectFrom('classroomFile')
      .select('id')
      .where('id', '=', fileId)
      .where('sessionId', '=', sessionId)
      .where('purpose', '=', 'chat')
      .executeTakeFirst();
    if (!file) throw new DomainError('not_found', 'This file is not there any more.');
  }
  await db
    .insertInto('classroomMessage')
    .values({
      ...{ id, sessionId, personKey: seat.key, userId: seat.userId, name: seat.name, body: text, fileId },
      sentAt: ctx.clock(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const message = await findMessage(db, sessionId, id);
  // Somebody else's, or another room's, under the same id.
  if (!message || message.from.key !== seat.key) throw new DomainError('conflict', 'This message could not be sent.');
  return message;
}
