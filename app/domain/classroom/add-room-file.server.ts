import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { bytesWords, FILE_TYPES, type FileType, fileNameFor, labelsOf, typeOfBytes } from '#app/domain/files/file-types.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockRoom } from './enter-classroom.server.ts';
import type { RoomFile } from './protocol.ts';
import type { Seat } from './seat.ts';

/** Of one file, and of all of one room together. */
export const MOST_FILE_BYTES = 10_000_000;
const MOST_ROOM_BYTES = 200_000_000;
const MOST_ROOM_FILES = 200;

/** What a browser shows as a picture. */
const PICTURES: readonly FileType[] = ['png', 'jpeg', 'webp'];

interface NewRoomFile {
  sessionId: string;
  seat: Seat;
  purpose: 'chat' | 'board';
  name: string;
  content: Uint8Array;
}

/**
 * Keeps a file that somebody in the room shares in the chat, or puts on the board. The same one sent again is the one that is
 * there. What it is is found from its bytes.
 * @throws DomainError forbidden for who is not in the room; invalid_value for what is not taken; over_limit for a full room
 */
export async function addRoomFile(db: Kysely<DB>, ctx: Pick<AppContext, 'clock'>, input: NewRoomFile): Promise<RoomFile> {
  const { sessionId, seat, purpose, content } = input;
  const type = checkRoomFile(input);
  const { mediaType } = FILE_TYPES[type];
  const name = fileNameFor(input.name, type);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return inTransaction(db, async (trx) => {
    const now = ctx.clock();
    await lockRoom(trx, sessionId, now);
    if (!(await isIn(trx, sessionId, seat)) || (purpose === 'board' && seat.role === 'observer')) {
      throw new DomainError('forbidden', 'Only who is in the classroom sends files there.');
    }
    const known = await trx
      .selectFrom('classroomFile')
      .select(['id', 'name', 'mediaType', 'bytes'])
      .where('sessionId', '=', sessionId)
      .where('purpose', '=', purpose)
      .where('sha256', '=', sha256)
      .where('userId', 'is not distinct from', seat.userId)
      .executeTakeFirst();
    if (known) return known;
    const room = await trx
      .selectFrom('classroomFile')
      .select([sql<number>`count(*)::int`.as('files'), sql<number>`coalesce(sum(bytes), 0)::float8`.as('bytes')])
      .where('sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    if (room.files >= MOST_ROOM_FILES || room.bytes + content.byteLength > MOST_ROOM_BYTES) {
      throw new DomainError('over_limit', 'This classroom holds no more files.');
    }
    const { id } = await trx
      .insertInto('classroomFile')
      .values({
        ...{ sessionId, purpose, name, mediaType, sha256, userId: seat.userId, createdAt: now },
        ...{ bytes: content.byteLength, content: Buffer.from(content) },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, name, mediaType, bytes: content.byteLength };
  });
}

function checkRoomFile({ content, name, purpose }: NewRoomFile): FileType {
  const refuse = (message: string) => new DomainError('invalid_value', message, { field: 'file' });
  if (content.byteLength === 0) throw refuse('This file is empty. Choose another.');
  if (content.byteLength > MOST_FILE_BYTES) {
    throw refuse(`This file has ${bytesWords(content.byteLength)}; at most ${bytesWords(MOST_FILE_BYTES)} are taken.`);
  }
  const type = typeOfBytes(content, name);
  if (purpose === 'board') {
    if (type === undefined || !PICTURES.includes(type)) throw refuse(`The whiteboard takes a ${labelsOf(PICTURES)}.`);
  } else if (type === undefined)
    throw refuse('This kind of file is not taken. Send a PDF, a picture, a text or an office document.');
  return type;
}

async function isIn(db: Kysely<DB>, sessionId: string, seat: Seat): Promise<boolean> {
  const person = await db
    .selectFrom('classroomPerson')
    .select('personKey')
    .where('sessionId', '=', sessionId)
    .where('personKey', '=', seat.key)
    .where('state', '=', 'admitted')
    .executeTakeFirst();
  return person !== undefined;
}
