import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockOrganisation } from './lock-organisation.server.ts';
import type { SchedulingSettings } from './settings.schema.ts';

/** Saves the rules of planning for what is booked, moved or cancelled from now on. What is booked stays as it is. */
export async function editSchedulingRules(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: SchedulingSettings,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await lockOrganisation(trx, input.version);
    const changes = changedFields({ ...readSchedulingRules(before.scheduling) }, { ...input.scheduling });
    if (!changes) return;
    await trx
      .updateTable('organisation')
      .set({ scheduling: JSON.stringify(input.scheduling), version: input.version + 1 })
      .execute();
    await audit(trx, actor, { action: 'organisation.edit_scheduling', subjectType: 'organisation', subjectId: null, ...changes });
  });
}
