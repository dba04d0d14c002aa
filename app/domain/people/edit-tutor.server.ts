import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { withCustomChanges } from '#app/domain/fields/save-custom.server.ts';
import { readSchedulingOverrides } from '#app/domain/scheduling/scheduling-rules.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { changedMeanwhile } from './changed-meanwhile.server.ts';
import { knownPayGroup } from './known-pay-group.server.ts';
import { setSubjects, subjectsOf, type TaughtSubject } from './set-subjects.server.ts';
import type { TutorEdit } from './tutor.schema.ts';
import { tutorColumns } from './tutor-columns.ts';

const personal = [
  ...['firstName', 'lastName', 'email', 'phone', 'gender', 'languages', 'homeAddress', 'homeLatitude', 'homeLongitude'],
  ...['personalRoomUrl', 'notes', 'storefrontText'],
];

/**
 * Saves a tutor's facts, what they teach and their tags.
 * @throws DomainError conflict (details: ChangedMeanwhile) when somebody saved since `version`; not_found; unknown_reference
 */
export async function editTutor(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: WithCustom<TutorEdit>): Promise<void> {
  const { id, version, subjects, tags, custom, ...facts } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('tutor').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This tutor is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'tutor', id, word: 'tutor', version: before.version });
    if (facts.payGroupId !== before.payGroupId) await knownPayGroup(trx, facts.payGroupId);
    const columns = tutorColumns(facts);
    const taught = await subjectsOf(trx, [id]);
    const own = changedFields(
      { ...before, ...comparable(before), subjects: sorted(taught.map(asTaught)) },
      { ...columns, ...comparable(columns), subjects: sorted(subjects) },
      personal,
    );
    const { columns: more, changes } = withCustomChanges(before.custom, custom, own);
    const { added, removed } = await setTags(trx, { tutorId: id }, tags);
    const tagged = added.length + removed.length > 0;
    if (!changes && !tagged) return;
    await trx
      .updateTable('tutor')
      .set({ ...(own ? columns : {}), ...more, version: version + 1 })
      .where('id', '=', id)
      .execute();
    if (changes && 'subjects' in changes.after) await setSubjects(trx, id, subjects);
    await audit(trx, actor, {
      action: 'tutor.edit',
      subjectType: 'tutor',
      subjectId: id,
      before: { ...changes?.before, ...(tagged ? { tags: removed } : {}) },
      after: { ...changes?.after, ...(tagged ? { tags: added } : {}) },
    });
  });
}

interface Comparable {
  maxHoursPerWeek: string | null;
  wishedHoursPerWeek: string | null;
  homeLatitude: string | null;
  homeLongitude: string | null;
  schedulingOverrides: unknown;
}

/** The database says 20.00 where a person said 20. */
function comparable(facts: Comparable) {
  const number = (value: string | null) => (value === null ? null : Number(value));
  const { schedulingOverrides: rules } = facts;
  return {
    maxHoursPerWeek: number(facts.maxHoursPerWeek),
    wishedHoursPerWeek: number(facts.wishedHoursPerWeek),
    homeLatitude: number(facts.homeLatitude),
    homeLongitude: number(facts.homeLongitude),
    schedulingOverrides: readSchedulingOverrides(typeof rules === 'string' ? JSON.parse(rules) : rules),
  };
}

const asTaught = ({ subjectId, levels }: { subjectId: string; levels: { id: string }[] }): TaughtSubject => ({
  subjectId,
  levelIds: levels.map((level) => level.id),
});

const sorted = (subjects: readonly TaughtSubject[]) =>
  subjects
    .map(({ subjectId, levelIds }) => ({ subjectId, levelIds: [...levelIds].sort() }))
    .sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
