import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { knownPayGroup } from './known-pay-group.server.ts';
import { setSubjects } from './set-subjects.server.ts';
import type { TutorValues } from './tutor.schema.ts';
import { tutorColumns } from './tutor-columns.ts';

/**
 * Adds a tutor with what they teach and their tags.
 * @param input.source 'application' for one who applied by the public form
 * @throws DomainError unknown_reference (field `subjects` or `payGroupId`) for what is not there
 */
export async function createTutor(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: WithCustom<TutorValues> & { source?: 'office' | 'application' },
): Promise<{ id: string; ref: string }> {
  const { subjects, tags, status, source = 'office', custom, ...facts } = input;
  return inTransaction(db, async (trx) => {
    await knownPayGroup(trx, facts.payGroupId);
    const tutor = await trx
      .insertInto('tutor')
      .values({ ...tutorColumns(facts), status, source, custom: newCustom(custom) })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await setSubjects(trx, tutor.id, subjects);
    await setTags(trx, { tutorId: tutor.id }, tags);
    await audit(trx, actor, {
      action: 'tutor.create',
      subjectType: 'tutor',
      subjectId: tutor.id,
      after: { ref: tutor.ref, status, source, subjects },
    });
    return tutor;
  });
}
