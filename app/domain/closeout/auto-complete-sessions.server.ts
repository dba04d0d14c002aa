import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

const system: Actor = { userId: null, kind: 'system' };

/**
 * Where the policy's completion is `auto`: a session without a close-out settles itself at its end, as attended with the
 * planned minutes. A close-out that comes later replaces it while nothing is in a run.
 * @returns how many were completed
 */
export async function autoCompleteSessions(db: Kysely<DB>, ctx: DomainContext, actor: Actor = system): Promise<number> {
  const now = ctx.clock();
  const due = await db
    .selectFrom('session')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .select('session.id')
    .where('session.status', '=', 'scheduled')
    .where('session.endsAt', '<=', now)
    .where('session.autoComplete', '=', true)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('attendance')
          .select('id')
          .whereRef('attendance.sessionId', '=', 'session.id')
          .where('attendance.outcome', '=', 'planned'),
      ),
    )
    .where(sql<boolean>`policy_version.rules->>'completion' = 'auto'`)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('closeOut').select('sessionId').whereRef('closeOut.sessionId', '=', 'session.id'))),
    )
    .orderBy('session.endsAt')
    .execute();
  let completed = 0;
  for (const { id } of due) {
    const done = await inTransaction(db, async (trx) => {
      const { rows } = await sql<{ sessionId: string }>`
        INSERT INTO close_out (session_id, actual_starts_at, actual_minutes, automatic, submitted_at)
        SELECT id, starts_at, duration_minutes, true, ${now} FROM session
        WHERE id = ${id} AND status = 'scheduled' AND ends_at <= ${now} FOR UPDATE
        ON CONFLICT (session_id) DO NOTHING RETURNING session_id`.execute(trx);
      if (rows.length === 0) return false;
      await trx
        .updateTable('attendance')
        .set({ outcome: 'attended', markedAt: now })
        .where('sessionId', '=', id)
        .where('outcome', '=', 'planned')
        .execute();
      await assessSession(trx, ctx, id);
      await audit(trx, actor, { action: 'closeout.auto', subjectType: 'session', subjectId: id, sessionId: id });
      return true;
    });
    if (done) completed++;
  }
  return completed;
}
