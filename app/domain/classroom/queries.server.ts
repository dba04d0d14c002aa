import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type { MediaState, RoomMessage, RoomPerson, RoomRole } from './protocol.ts';
import { AWAY_AFTER_MS, FORGOTTEN_AFTER_MS } from './seat.ts';

/** Somebody in a room, with the connection that counts. */
export interface PersonRow extends RoomPerson {
  connection: string | null;
}

const silent: MediaState = { microphone: false, camera: false, screen: false };

/** Who is in a room, waits for it or was refused; whoever was cut off for a while longer. The tutor first. */
export async function listPeople(db: Kysely<DB>, sessionId: string, now: Date): Promise<PersonRow[]> {
  const rows = await db
    .selectFrom('classroomPerson')
    .select(['personKey', 'name', 'role', 'state', 'connection', 'seenAt', 'media'])
    .where('sessionId', '=', sessionId)
    .execute();
  const order: Record<string, number> = { host: 0, guest: 1, observer: 2 };
  return rows
    .map(({ personKey, role, state, connection, seenAt, media, name }) => {
      const age = seenAt ? now.getTime() - seenAt.getTime() : Number.POSITIVE_INFINITY;
      const online = connection !== null && age < AWAY_AFTER_MS;
      return {
        ...{ key: personKey, name, role: role as RoomRole, state: state as RoomPerson['state'], online },
        ...{ media: online ? { ...silent, ...(media as object) } : silent, connection: online ? connection : null, age },
      };
    })
    .filter(
      ({ state, role, online, age }) =>
        online || state === 'refused' || (state === 'admitted' && role !== 'observer' && age < FORGOTTEN_AFTER_MS),
    )
    .sort((a, b) => (order[a.role] ?? 3) - (order[b.role] ?? 3) || a.key.localeCompare(b.key))
    .map(({ age: _age, ...person }) => person);
}

const messages = (db: Kysely<DB>, sessionId: string) =>
  db
    .selectFrom('classroomMessage')
    .leftJoin('classroomFile', 'classroomFile.id', 'classroomMessage.fileId')
    .select([
      'classroomMessage.id',
      'classroomMessage.personKey',
      'classroomMessage.name',
      'classroomMessage.body',
      'classroomMessage.sentAt',
      'classroomFile.id as fileId',
      'classroomFile.name as fileName',
      'classroomFile.mediaType',
      'classroomFile.bytes',
    ])
    .where('classroomMessage.sessionId', '=', sessionId);

type MessageRow = Awaited<ReturnType<ReturnType<typeof messages>['executeTakeFirstOrThrow']>>;

const messageOf = ({ id, personKey, name, body, sentAt, fileId, fileName, mediaType, bytes }: MessageRow): RoomMessage => ({
  ...{ id, from: { key: personKey, name }, body, sentAt: sentAt.toISOString() },
  file: fileId && fileName && mediaType && bytes ? { id: fileId, name: fileName, mediaType, bytes } : null,
});

/** More than anybody writes in a lesson; of a longer talk the end. */
const MOST_MESSAGES = 500;

/** What was said in the chat, the oldest first. */
export async function listMessages(db: Kysely<DB>, sessionId: string): Promise<RoomMessage[]> {
  const rows = await messages(db, sessionId)
    .orderBy('classroomMessage.sentAt', 'desc')
    .orderBy('classroomMessage.id', 'desc')
    .limit(MOST_MESSAGES)
    .execute();
  return rows.reverse().map(messageOf);
}

export async function findMessage(db: Kysely<DB>, sessionId: string, id: string): Promise<RoomMessage | undefined> {
  const row = await messages(db, sessionId).where('classroomMessage.id', '=', id).executeTakeFirst();
  return row && messageOf(row);
}
