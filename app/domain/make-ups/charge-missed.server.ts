import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import type { DB } from '#db/types.ts';

/**
 * An open make-up ends unused: what was missed is charged by its rules after all, on the next run where its period was
 * billed already. The tutor's pay was due from the first and stays.
 * @returns false where it is not open any more
 */
export async function chargeMissed(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { makeUpId, as }: { makeUpId: string; as: 'expired' | 'given_up' },
): Promise<boolean> {
  const missed = await trx
    .selectFrom('makeUp')
    .innerJoin('attendance', 'attendance.id', 'makeUp.attendanceId')
    .select(['attendance.id', 'attendance.sessionId', 'attendance.studentId'])
    .where('makeUp.id', '=', makeUpId)
    .executeTakeFirst();
  if (!missed) return false;
  const { sessionId } = missed;
  // The session first, as whoever cancels, closes out or corrects it does.
  await lockSession(trx, sessionId);
  const ended = await trx
    .updateTable('makeUp')
    .set({ state: as, decidedAt: ctx.clock() })
    .where('id', '=', makeUpId)
    .where('state', '=', 'open')
    .returning('expiresOn')
    .executeTakeFirst();
  if (!ended) return false;
  await trx.updateTable('attendance').set({ waivedAs: null }).where('id', '=', missed.id).execute();
  await assessSession(trx, ctx, sessionId);
  await audit(trx, actor, {
    action: `make_up.${as}`,
    subjectType: 'session',
    subjectId: sessionId,
    sessionId,
    after: { studentId: missed.studentId, expiresOn: ended.expiresOn },
  });
  return true;
}
