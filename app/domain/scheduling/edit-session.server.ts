import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { withCustomChanges } from '#app/domain/fields/save-custom.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkUnlocked, checkVersion, lockSession } from './open-session.server.ts';
import type { EditSessionInput } from './session.schema.ts';

/**
 * Changes what a session is about; its time and people have use cases of their own. What touches money (billable,
 * subject) is refused once it is on an invoice or in a pay run.
 * @throws DomainError not_found, conflict, locked, unknown_reference
 */
export async function editSession(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: EditSessionInput): Promise<void> {
  const { sessionId, version, custom, ...fields } = input;
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, sessionId);
    await checkVersion(trx, session, version);
    const change = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const more = withCustomChanges(session.custom, custom, changedFields(session, change));
    const { changes: changed } = more;
    if (!changed) return;
    const money = 'billable' in changed.after || 'subjectId' in changed.after;
    if (money) await checkUnlocked(trx, sessionId);
    if (fields.subjectId) {
      const subject = await trx.selectFrom('subject').select('id').where('id', '=', fields.subjectId).executeTakeFirst();
      if (!subject) throw new DomainError('unknown_reference', 'This subject does not exist.', { field: 'subjectId' });
    }
    await trx
      .updateTable('session')
      .set((eb) => ({ ...change, ...more.columns, version: eb('version', '+', 1) }))
      .where('id', '=', sessionId)
      .execute();
    if (money) await assessSession(trx, ctx, sessionId);
    await audit(trx, actor, { action: 'session.edit', subjectType: 'session', subjectId: sessionId, sessionId, ...changed });
  });
}
