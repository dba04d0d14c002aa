import { decideEntry } from '#app/domain/classroom/decide-entry.server.ts';
import { endClassroom } from '#app/domain/classroom/end-classroom.server.ts';
import { setMedia } from '#app/domain/classroom/leave-classroom.server.ts';
import { MOST_TEXT_BYTES, type ToServer } from '#app/domain/classroom/protocol.ts';
import { sendMessage } from '#app/domain/classroom/send-message.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { readBoardMessage, showPointer } from './board.ts';
import { type Connection, RetryCode } from './connection.ts';
import { readMessage } from './read-message.ts';
import { draw, type Room, type RoomContext } from './room.ts';

/** Does what a browser's text message asks for, or tells it why not. */
export async function answerText(context: RoomContext, room: Room, from: Connection, text: string): Promise<void> {
  const message = Buffer.byteLength(text) <= MOST_TEXT_BYTES ? readMessage(text) : undefined;
  if (!message) return from.close(RetryCode.invalid, 'That is no message of the classroom.');
  if (message.t === 'ping') return from.say({ t: 'pong' });
  const refuse = (reason: string) =>
    from.say({ t: 'refused', what: message.t, message: reason, ...(message.t === 'chat' ? { id: message.id } : {}) });
  if (from.state !== 'admitted') return refuse('You are not in the classroom yet.');
  try {
    await obey(context, room, from, message, refuse);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    refuse(error.message);
  }
}

async function obey(
  context: RoomContext,
  room: Room,
  from: Connection,
  message: Exclude<ToServer, { t: 'ping' }>,
  refuse: (reason: string) => void,
): Promise<void> {
  const { db } = context;
  const { sessionId } = room;
  const { seat } = from;
  const actor = { userId: seat.userId, kind: seat.userId ? 'user' : 'guest' } as const;
  if (message.t === 'signal') {
    const to = room.people().find((person) => person.key === message.to);
    // Video is of the tutor and the student; whoever has just gone will greet when back.
    if (seat.role === 'observer' || !to || to.role === 'observer' || to.key === seat.key) return;
    return room.sayTo(to.key, { t: 'signal', from: seat.key, data: message.data });
  }
  if (message.t === 'chat') {
    if (!from.may.chats()) return refuse('That is too fast. Wait a moment and send it again.');
    const { id, body, fileId } = message;
    return room.sayToAll({ t: 'chat', message: await sendMessage(db, context, { sessionId, seat, id, body, fileId }) });
  }
  if (!from.may.changes()) return refuse('That is too fast. Wait a moment.');
  if (message.t === 'media') {
    await setMedia(db, from.id, message.media);
    return room.peopleChanged();
  }
  if (seat.role === 'guest') return refuse('Only the tutor and the office can do that.');
  if (message.t === 'end') {
    await endClassroom(db, context, actor, { sessionId });
    return room.end();
  }
  const yes = message.t === 'admit' && message.yes;
  await decideEntry(db, context, actor, { sessionId, key: message.key, yes });
  await room.peopleChanged();
}

/** What a browser sends of the whiteboard and of its pointer. */
export async function answerBytes(room: Room, from: Connection, bytes: Uint8Array): Promise<void> {
  // Who waits sees and draws nothing; what a browser sent before it knew is not held against it.
  if (from.state !== 'admitted') return;
  let message: ReturnType<typeof readBoardMessage>;
  try {
    message = readBoardMessage(bytes);
  } catch {
    return from.close(RetryCode.invalid, 'That is no message of the whiteboard.');
  }
  const board = await room.board();
  if (message.what === 'question') {
    // The answer may be the whole board.
    if (!from.may.questions()) return from.close(RetryCode.tooMuch, 'That is too much at once.');
    return from.sendBytes(message.answer(board.doc));
  }
  // The office looks on.
  if (from.seat.role === 'observer') return;
  if (message.what === 'update') {
    if (board.isFull()) from.say({ t: 'refused', what: 'board', message: 'The whiteboard is full. Nothing more is kept.' });
    else if (!draw(board, message.update, from)) from.close(RetryCode.invalid, 'That is no drawing.');
    return;
  }
  const { pointer } = message;
  if (!from.pointers.has(pointer.client) && from.pointers.size >= MOST_POINTERS) return;
  if (showPointer(board.awareness, pointer, from.seat, from)) from.pointers.add(pointer.client);
}

/** A page has one; what it was before it was loaded anew goes with its line. */
const MOST_POINTERS = 4;
