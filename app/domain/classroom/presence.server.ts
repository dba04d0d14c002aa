import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { BACK_AGAIN_MS, type Seat } from './seat.ts';

/** Writes down that somebody is in the room from now on; who was cut off a moment ago was there all the time. */
export async function beginStay(db: Kysely<DB>, sessionId: string, seat: Seat, now: Date): Promise<void> {
  const open = await db
    .updateTable('meetingPresence')
    .set({ leftAt: null })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('meetingPresence')
        .select('id')
        .where('sessionId', '=', sessionId)
        .where('source', '=', 'classroom')
        .where('personKey', '=', seat.key)
        .where((either) =>
          either.or([either('leftAt', 'is', null), either('leftAt', '>=', new Date(now.getTime() - BACK_AGAIN_MS))]),
        )
        .orderBy('joinedAt', 'desc')
        .limit(1),
    )
    .returning('id')
    .executeTakeFirst();
  if (open) return;
  await db
    .insertInto('meetingPresence')
    .values({
      sessionId,
      installId: (eb) => eb.selectFrom('meeting').select('installId').where('sessionId', '=', sessionId),
      source: 'classroom',
      personKey: seat.key,
      name: seat.name,
      userId: seat.userId,
      attendanceId: seat.attendanceId,
      joinedAt: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function endStay(db: Kysely<DB>, sessionId: string, key: string, at: Date): Promise<void> {
  await db
    .updateTable('meetingPresence')
    .set({ leftAt: sql<Date>`greatest(joined_at, ${at}::timestamptz)` })
    .where('sessionId', '=', sessionId)
    .where('source', '=', 'classroom')
    .where('personKey', '=', key)
    .where('leftAt', 'is', null)
    .execute();
}
