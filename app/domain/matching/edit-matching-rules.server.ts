import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { lockOrganisation } from '#app/domain/organisation/lock-organisation.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type MatchingRules, readMatchingRules } from './matching-rules.ts';
import type { MatchingSettings } from './matching-settings.schema.ts';

/** The rules in force, and the organisation's version to save them over. */
export async function getMatchingRules(db: Kysely<DB>): Promise<{ rules: MatchingRules; version: number }> {
  const { matching, version } = await db.selectFrom('organisation').select(['matching', 'version']).executeTakeFirstOrThrow();
  return { rules: readMatchingRules(matching), version };
}

/**
 * Saves weights and hours for whatever is ranked and offered from now on; offers that are out keep the hours they went
 * out with.
 * @throws DomainError conflict when somebody saved since
 */
export async function editMatchingRules(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: MatchingSettings,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockOrganisation(trx, input.version);
    const { rules } = await getMatchingRules(trx);
    const changes = changedFields({ ...rules }, { ...input.matching });
    if (!changes) return;
    await trx
      .updateTable('organisation')
      .set({ matching: JSON.stringify(input.matching), version: sql`version + 1` })
      .execute();
    await audit(trx, actor, { action: 'organisation.edit_matching', subjectType: 'organisation', subjectId: null, ...changes });
  });
}
