import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { readSchedulingOverrides } from '#app/domain/scheduling/scheduling-rules.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { changedMeanwhile } from './changed-meanwhile.server.ts';
import { setSubjects } from './create-tutor.server.ts';
import type { TutorEdit } from './tutor.schema.ts';

const personal = ['firstName', 'lastName', 'email', 'phone', 'personalRoomUrl', 'notes', 'storefrontText'];

/** Saves a tutor's facts. Throws conflict (details: ChangedMeanwhile) when somebody saved since `version`. */
export async function editTutor(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: TutorEdit): Promise<void> {
  const { id, version, subjects, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('tutor').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This tutor is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'tutor', id, word: 'tutor', version: before.version });
    const taught = await trx
      .selectFrom('tutorSubject')
      .select(['subjectId', 'level'])
      .where('tutorId', '=', id)
      .orderBy('subjectId')
      .execute();
    const asked = [...subjects].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
    const changes = changedFields(
      {
        ...before,
        subjects: taught,
        maxHoursPerWeek: hours(before.maxHoursPerWeek),
        schedulingOverrides: readSchedulingOverrides(before.schedulingOverrides),
      },
      { ...columns, subjects: asked, maxHoursPerWeek: hours(columns.maxHoursPerWeek) },
      personal,
    );
    if (!changes) return;
    await trx
      .updateTable('tutor')
      .set({ ...columns, schedulingOverrides: JSON.stringify(columns.schedulingOverrides), version: version + 1 })
      .where('id', '=', id)
      .execute();
    if ('subjects' in changes.after) await setSubjects(trx, id, subjects);
    await audit(trx, actor, { action: 'tutor.edit', subjectType: 'tutor', subjectId: id, ...changes });
  });
}

/** The database says 20.00 where a person said 20. */
const hours = (value: string | null) => (value === null ? null : Number(value));
