import { listNamedChoices } from '#app/domain/named-lists/queries.server.ts';
import { shortestDecimal } from '#app/domain/organisation/policy.schema.ts';
import { listSubjectChoices } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { languageText } from '#app/domain/people/languages.ts';
import type { TutorDetail } from '#app/domain/people/queries.server.ts';
import { readSchedulingOverrides, readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';
import { ruleFormValues, ruleTexts } from './scheduling-values.ts';

type Db = Parameters<typeof getOrganisation>[0];

export function tutorFormValues(tutor: TutorDetail): FormValues {
  const { firstName, lastName, email, phone, timezone, locale, bufferMinutes, personalRoomUrl, notes, subjects } = tutor;
  const { gender, homeAddress, homeLatitude, homeLongitude, reachMinutes, payGroupId } = tutor;
  const hours = (value: string | null) => [value === null ? '' : shortestDecimal(value)];
  return {
    ...asFormValues({ firstName, lastName, email, phone, timezone, locale, bufferMinutes, personalRoomUrl, notes }),
    ...asFormValues({ gender, homeAddress, reachMinutes, payGroupId }),
    coordinates: [homeLatitude === null || homeLongitude === null ? '' : `${Number(homeLatitude)}, ${Number(homeLongitude)}`],
    languages: [tutor.languages.map(languageText).join(', ')],
    modes: [...(tutor.teachesOnline ? ['online'] : []), ...(tutor.teachesInPerson ? ['in_person'] : [])],
    tags: [tutor.tags.map((tag) => tag.name).join(', ')],
    maxHoursPerWeek: hours(tutor.maxHoursPerWeek),
    wishedHoursPerWeek: hours(tutor.wishedHoursPerWeek),
    subjects: subjects.map((subject) => subject.subjectId),
    levels: subjects.flatMap((subject) => subject.levels.map((level) => `${subject.subjectId}:${level.id}`)),
    inStorefront: tutor.inStorefront ? ['on'] : [],
    storefrontText: [tutor.storefrontText],
    ...ruleFormValues(readSchedulingOverrides(tutor.schedulingOverrides), 'schedulingOverrides.'),
  };
}

/** What the form offers, with what this tutor has that is archived by now. */
export async function tutorFormChoices(db: Db, tutor?: TutorDetail) {
  const taught = tutor?.subjects ?? [];
  const [subjects, levels, payGroups, tags, organisation] = await Promise.all([
    listSubjectChoices(
      db,
      taught.map((subject) => subject.subjectId),
    ),
    listNamedChoices(
      db,
      'level',
      taught.flatMap((subject) => subject.levels.map((level) => level.id)),
    ),
    listNamedChoices(db, 'payGroup', tutor?.payGroupId ? [tutor.payGroupId] : []),
    listTagChoices(db),
    getOrganisation(db),
  ]);
  return {
    subjects: subjects.map(({ id, name }) => ({
      id,
      name,
      // An archived level is offered where the tutor has it.
      levels: levels
        .filter((level) => !level.archived || taught.some((row) => row.subjectId === id && has(row.levels, level.id)))
        .map((level) => ({ id: level.id, name: level.archived ? `${level.name} (archived)` : level.name })),
    })),
    payGroups: payGroups.map(({ id, name }) => ({ id, name })),
    tags,
    /** The organisation's rules, in grey behind what a tutor's leave open. */
    inheritedRules: ruleTexts(readSchedulingRules(organisation.scheduling)),
  };
}

const has = (levels: readonly { id: string }[], id: string) => levels.some((level) => level.id === id);

/** The boxes of the form as the schema's list of subjects with their levels. */
export const tutorFields = {
  lists: ['subjects', 'levels', 'modes'],
  shape: (input: Record<string, unknown>) => {
    const levels = Map.groupBy((input.levels as string[]).map(String), (pair) => pair.split(':')[0]);
    const subjects = (input.subjects as string[]).map((subjectId) => ({
      subjectId,
      levelIds: (levels.get(subjectId) ?? []).map((pair) => pair.split(':')[1] ?? ''),
    }));
    return { ...input, subjects };
  },
};
