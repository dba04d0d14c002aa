import { shortestDecimal } from '#app/domain/organisation/policies.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { TutorDetail } from '#app/domain/people/queries.server.ts';
import { readSchedulingOverrides, readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';
import { ruleFormValues, ruleTexts } from './scheduling-values.ts';

export function tutorFormValues(tutor: TutorDetail): FormValues {
  const { firstName, lastName, email, phone, timezone, bufferMinutes, personalRoomUrl, notes, subjects } = tutor;
  return {
    ...asFormValues({ firstName, lastName, email, phone, timezone, bufferMinutes, personalRoomUrl, notes }),
    maxHoursPerWeek: [tutor.maxHoursPerWeek === null ? '' : shortestDecimal(tutor.maxHoursPerWeek)],
    subjects: subjects.map((subject) => subject.subjectId),
    inStorefront: tutor.inStorefront ? ['on'] : [],
    storefrontText: [tutor.storefrontText],
    ...ruleFormValues(readSchedulingOverrides(tutor.schedulingOverrides), 'schedulingOverrides.'),
    ...Object.fromEntries(subjects.map((subject) => [`level.${subject.subjectId}`, [subject.level]])),
  };
}

/** The organisation's rules, in grey behind what a tutor's leave open. */
export async function inheritedRules(db: Parameters<typeof getOrganisation>[0]): Promise<Record<string, string>> {
  return ruleTexts(readSchedulingRules((await getOrganisation(db)).scheduling));
}

/** The checkboxes and level fields of the form as the schema's list of subjects. */
export const tutorFields = {
  lists: ['subjects'],
  shape: (input: Record<string, unknown>) => {
    const levels = (input.level ?? {}) as Record<string, unknown>;
    const subjects = (input.subjects as string[]).map((subjectId) => ({ subjectId, level: levels[subjectId] ?? '' }));
    return { ...input, subjects };
  },
};
