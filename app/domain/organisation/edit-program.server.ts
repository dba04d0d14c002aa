import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { readSchedulingOverrides } from '#app/domain/scheduling/scheduling-rules.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkProgram } from './create-program.server.ts';
import { shortestDecimal } from './policy.schema.ts';
import type { ProgramEdit } from './program.schema.ts';

/**
 * Saves a program. Sessions already booked keep the policy they were booked under.
 * Throws conflict (details: ChangedMeanwhile) when somebody saved since `version`.
 */
export async function editProgram(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: ProgramEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('program').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This program is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'program', id, word: 'program', version: before.version });
    const changes = changedFields(
      {
        ...before,
        taxPercent: shortestDecimal(before.taxPercent),
        schedulingOverrides: readSchedulingOverrides(before.schedulingOverrides),
      },
      columns,
    );
    if (!changes) return;
    await checkProgram(trx, columns);
    await trx
      .updateTable('program')
      .set({
        ...columns,
        policyOverrides: JSON.stringify(columns.policyOverrides),
        schedulingOverrides: JSON.stringify(columns.schedulingOverrides),
        version: version + 1,
      })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'program.edit', subjectType: 'program', subjectId: id, ...changes });
  });
}
