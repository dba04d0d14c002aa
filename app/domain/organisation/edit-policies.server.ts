import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockOrganisation } from './lock-organisation.server.ts';
import type { PolicySettings } from './settings.schema.ts';

/** Saves the rules for what is booked from now on; a session keeps the rules it was booked under. */
export async function editPolicies(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: PolicySettings): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await lockOrganisation(trx, input.version);
    const changes = changedFields({ ...before.policies }, { ...input.policies });
    if (!changes) return;
    await trx
      .updateTable('organisation')
      .set({ policies: JSON.stringify(input.policies), version: input.version + 1 })
      .execute();
    await audit(trx, actor, { action: 'organisation.edit_policies', subjectType: 'organisation', subjectId: null, ...changes });
  });
}
