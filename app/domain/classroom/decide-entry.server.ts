import type { Kysely } from 'kysely';
import type { Actor, AppContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockRoom, otherGuestIn } from './enter-classroom.server.ts';
import { beginStay, endStay } from './presence.server.ts';
import { FULL_MESSAGE, type Seat } from './seat.ts';

/**
 * The host lets a guest in, or not, or shows one the door; remembered, and changed by deciding anew. Twice is as good as once.
 * @throws DomainError not_found for who never came; conflict while another guest is in
 */
export async function decideEntry(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock'>,
  actor: Actor,
  { sessionId, key, yes }: { sessionId: string; key: string; yes: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const now = ctx.clock();
    await lockRoom(trx, sessionId, now);
    const person = await trx
      .selectFrom('classroomPerson')
      .selectAll()
      .where('sessionId', '=', sessionId)
      .where('personKey', '=', key)
      .where('role', '=', 'guest')
      .executeTakeFirst();
    if (!person) throw new DomainError('not_found', 'They are not here any more.');
    const state = yes ? 'admitted' : 'refused';
    if (person.state === state) return;
    if (yes && (await otherGuestIn(trx, sessionId, key, now))) throw new DomainError('conflict', FULL_MESSAGE);
    await trx
      .updateTable('classroomPerson')
      .set({ state, changedAt: now })
      .where('sessionId', '=', sessionId)
      .where('personKey', '=', key)
      .execute();
    const { userId, attendanceId, name } = person;
    const seat: Seat = { key, userId, attendanceId, name, role: 'guest' };
    if (!yes) {
      await endStay(trx, sessionId, key, now);
      // Else they were back at once by a link, or as somebody else of the family: from now on whoever is new here waits.
      await trx.updateTable('classroom').set({ lobby: true }).where('sessionId', '=', sessionId).execute();
    }
    if (yes && person.connection) await beginStay(trx, sessionId, seat, now);
    await audit(trx, actor, {
      ...{ action: yes ? 'classroom.admit' : 'classroom.refuse', subjectType: 'session', subjectId: sessionId, sessionId },
      after: { userId, attendanceId },
    });
  });
}
