import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { lockOrganisation } from '#app/domain/organisation/lock-organisation.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { version } from './fields.ts';
import { getPeopleRules } from './people-rules.server.ts';
import { peopleRulesSchema } from './people-rules.ts';

/** Any part of the rules; what is left out stays. */
export const peopleSettingsSchema = z.object({ people: peopleRulesSchema.partial(), version });
export type PeopleSettings = z.output<typeof peopleSettingsSchema>;

/** Saves the rules for what comes in from now on; what is kept stays. @throws DomainError conflict */
export async function editPeopleRules(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: PeopleSettings): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockOrganisation(trx, input.version);
    const before = await getPeopleRules(trx);
    const people = { ...before, ...input.people };
    const changes = changedFields({ ...before }, people);
    if (!changes) return;
    await trx
      .updateTable('organisation')
      .set({ people: JSON.stringify(people), version: input.version + 1 })
      .execute();
    await audit(trx, actor, { action: 'organisation.edit_people', subjectType: 'organisation', subjectId: null, ...changes });
  });
}
