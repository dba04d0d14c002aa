import type { Kysely, Transaction } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Refusal, RoomSession } from './find-seat.server.ts';
import { beginStay, endStay } from './presence.server.ts';
import { AWAY_AFTER_MS, FULL_MESSAGE, type Seat } from './seat.ts';

export type Entered =
  /** `replaced`: the same person's former connection, which is to be closed. */
  { state: 'waiting' | 'admitted'; replaced: string | null } | { refused: Refusal; message: string };

interface Entry {
  session: RoomSession;
  seat: Seat;
  /** A new id for every connection. */
  connection: string;
}

/**
 * Somebody with a seat connects. The tutor and the office are in; others wait where the lobby is on, unless they were let in
 * before. One guest at a time: a second one is told that the room is full, not left waiting. All entries to a room take
 * turns.
 */
export async function enterClassroom(db: Kysely<DB>, ctx: Pick<AppContext, 'clock'>, entry: Entry): Promise<Entered> {
  const { session, seat, connection } = entry;
  return inTransaction(db, async (trx) => {
    const now = ctx.clock();
    const room = await lockRoom(trx, session.id, now);
    if (room.endedAt) return { refused: 'ended', message: 'This session was ended for all.' };
    const before = await trx
      .selectFrom('classroomPerson')
      .select(['state', 'role', 'connection', 'seenAt'])
      .where('sessionId', '=', session.id)
      .where('personKey', '=', seat.key)
      .executeTakeFirst();
    const admittedBefore = before?.state === 'admitted' && before.role === seat.role;
    if (session.overrun && !admittedBefore) return { refused: 'over', message: 'This session is over.' };
    if (seat.role === 'guest') {
      if (before?.state === 'refused')
        return { refused: 'refused', message: 'You were not let in. Ask your tutor or the office.' };
      if (await otherGuestIn(trx, session.id, seat.key, now)) return { refused: 'full', message: FULL_MESSAGE };
    }
    const state = seat.role !== 'guest' || admittedBefore || !room.lobby ? 'admitted' : 'waiting';
    const values = { name: seat.name, role: seat.role, state, connection, seenAt: now, media: '{}' };
    await trx
      .insertInto('classroomPerson')
      .values({
        ...values,
        sessionId: session.id,
        personKey: seat.key,
        userId: seat.userId,
        attendanceId: seat.attendanceId,
        changedAt: now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['sessionId', 'personKey'])
          .doUpdateSet({ ...values, ...(before?.state === state ? {} : { changedAt: now }) }),
      )
      .execute();
    if (state === 'admitted') {
      // A process that died left a stay open that ended when it was last heard of.
      const lost = before?.connection && before.seenAt && before.seenAt.getTime() < now.getTime() - AWAY_AFTER_MS;
      if (lost && before.seenAt) await endStay(trx, session.id, seat.key, before.seenAt);
      await beginStay(trx, session.id, seat, now);
    }
    return { state, replaced: before?.connection ?? null };
  });
}

/** The room's row, made by whoever comes first. Entries, decisions and the end of one room take turns by it. */
export async function lockRoom(trx: Transaction<DB>, sessionId: string, now: Date) {
  const rules = await getMeetingRules(trx);
  await trx
    .insertInto('classroom')
    .values({ sessionId, openedAt: now, lobby: rules.lobby })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return trx
    .selectFrom('classroom')
    .select(['endedAt', 'lobby'])
    .where('sessionId', '=', sessionId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** Whether somebody else sits on the one chair beside the tutor's. */
export async function otherGuestIn(trx: Transaction<DB>, sessionId: string, key: string, now: Date): Promise<boolean> {
  const other = await trx
    .selectFrom('classroomPerson')
    .select('personKey')
    .where('sessionId', '=', sessionId)
    .where('personKey', '<>', key)
    .where('role', '=', 'guest')
    .where('state', '=', 'admitted')
    .where('connection', 'is not', null)
    .where('seenAt', '>', new Date(now.getTime() - AWAY_AFTER_MS))
    .executeTakeFirst();
  return other !== undefined;
}
