import { type Kysely, sql } from 'kysely';
import { can } from '#app/auth/can.ts';
import type { AppContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { getJoinSession, type JoinSession, subjectOf } from '#app/domain/meetings/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type Comer, findSeat } from './find-seat.server.ts';

/**
 * The session whose board, chat and files somebody may read, during it and ever after; undefined for what they may not know
 * of. A guest reads them as long as the link is good and they are in the room.
 */
export async function findReadableSession(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock' | 'plugins'>,
  sessionId: string,
  comer: Comer,
): Promise<JoinSession | undefined> {
  const session = await getJoinSession(db, sessionId).catch((error) => {
    if (isDomainError(error, 'not_found')) return undefined;
    throw error;
  });
  if (!session) return undefined;
  if ('user' in comer) {
    return can(comer.user, 'classroom.read', subjectOf(session)) ? session : undefined;
  }
  const found = await findSeat(db, ctx, sessionId, comer);
  if ('refused' in found) return undefined;
  const inside = await db
    .selectFrom('classroomPerson')
    .select('state')
    .where('sessionId', '=', sessionId)
    .where('personKey', '=', found.seat.key)
    .where('state', '=', 'admitted')
    .executeTakeFirst();
  return inside && session;
}

/** What is left of a classroom. Undefined where nobody ever came in. */
export interface ClassroomTrace {
  drawn: boolean;
  messages: number;
  files: number;
}

export async function findClassroomTrace(db: Kysely<DB>, sessionId: string): Promise<ClassroomTrace | undefined> {
  return db
    .selectFrom('classroom')
    .select([
      sql<boolean>`board is not null or exists (select 1 from classroom_update u where u.session_id = classroom.session_id)`.as(
        'drawn',
      ),
      sql<number>`(select count(*)::int from classroom_message m where m.session_id = classroom.session_id)`.as('messages'),
      sql<number>`(select count(*)::int from classroom_file f where f.session_id = classroom.session_id and f.purpose = 'chat')`.as(
        'files',
      ),
    ])
    .where('sessionId', '=', sessionId)
    .executeTakeFirst();
}

export interface RoomFileContent {
  name: string;
  mediaType: string;
  content: Buffer;
}

export async function findRoomFile(db: Kysely<DB>, sessionId: string, id: string): Promise<RoomFileContent | undefined> {
  return db
    .selectFrom('classroomFile')
    .select(['name', 'mediaType', 'content'])
    .where('id', '=', id)
    .where('sessionId', '=', sessionId)
    .executeTakeFirst();
}
