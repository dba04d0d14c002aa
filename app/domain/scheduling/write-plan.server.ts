import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkVersion, lockSession } from './open-session.server.ts';

/** The tutor's plan for a session. @throws DomainError not_found, conflict when somebody else wrote meanwhile */
export async function writePlan(
  db: Kysely<DB>,
  actor: Actor,
  input: { sessionId: string; version: number; plan: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, input.sessionId);
    if (session.plan === input.plan) return;
    await checkVersion(trx, session, input.version);
    await trx
      .updateTable('session')
      .set((eb) => ({ plan: input.plan, version: eb('version', '+', 1) }))
      .where('id', '=', session.id)
      .execute();
    await audit(trx, actor, { action: 'session.plan', subjectType: 'session', subjectId: session.id, sessionId: session.id });
  });
}
