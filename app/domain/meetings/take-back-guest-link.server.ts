import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface TakeBackGuestLink {
  sessionId: string;
  attendanceId: string;
  /** The pass whose link is to end: a form that comes twice doesn't take back the link that was made instead. */
  joinPass: number;
}

/** Makes the guest links of a place that are out open nothing any more; the next one shown is another. Safe to repeat. */
export async function takeBackGuestLink(db: Kysely<DB>, actor: Actor, input: TakeBackGuestLink): Promise<void> {
  const { sessionId, attendanceId, joinPass } = input;
  await inTransaction(db, async (trx) => {
    const done = await trx
      .updateTable('attendance')
      .set({ joinPass: joinPass + 1 })
      .where('id', '=', attendanceId)
      .where('sessionId', '=', sessionId)
      .where('joinPass', '=', joinPass)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return;
    await audit(trx, actor, {
      action: 'guest_link.take_back',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      after: { attendanceId, joinPass: joinPass + 1 },
    });
  });
}
