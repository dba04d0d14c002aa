import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** How many a session takes: its own number over the program's, and never more than its room has seats. */
export async function capacityOf(
  db: Kysely<DB>,
  session: { capacity: number | null; programId: string; roomId: string | null },
): Promise<{ places: number; because: string }> {
  const program = await db
    .selectFrom('program')
    .select(['name', 'capacity'])
    .where('id', '=', session.programId)
    .executeTakeFirstOrThrow();
  const room = session.roomId
    ? await db.selectFrom('room').select(['name', 'capacity']).where('id', '=', session.roomId).executeTakeFirst()
    : undefined;
  const own = session.capacity ?? program.capacity;
  const because = session.capacity === null ? program.name : 'This session';
  if (room?.capacity && room.capacity < own) return { places: room.capacity, because: room.name };
  return { places: own, because };
}

/**
 * Under the session's lock: whether so many students find a place.
 * @throws DomainError invalid_value (field studentIds) when there are too few places
 */
export async function checkRoomFor(
  db: Kysely<DB>,
  session: { capacity: number | null; programId: string; roomId: string | null },
  students: number,
): Promise<void> {
  const { places, because } = await capacityOf(db, session);
  if (students <= places) return;
  const takes = places === 1 ? 'one student' : `${places} students`;
  throw new DomainError('invalid_value', `${because} takes ${takes} at most, and there are that many already.`, {
    field: 'studentIds',
  });
}
