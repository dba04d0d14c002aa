import { languageName } from '#app/domain/people/languages.ts';
import type { TutorFilter } from '#app/domain/people/tutor-filter.ts';
import { MODES, modeNames, TUTOR_STATUSES, tutorStatusNames } from '#app/domain/people/tutor-status.ts';
import { ListFilters } from '../record-forms/list-filters.tsx';

interface Named {
  id: string;
  name: string;
}

export interface FilterChoices {
  subjects: Named[];
  levels: Named[];
  tags: Named[];
  payGroups: Named[];
  languages: string[];
}

/** The fields that narrow the list of tutors; a list nobody is on is left out. */
export function TutorFilters({ filter, choices }: { filter: TutorFilter; choices: FilterChoices }) {
  const languages = choices.languages.map((id) => ({ id, name: languageName(id) })).sort((a, b) => a.name.localeCompare(b.name));
  const fields: [keyof TutorFilter, string, Named[]][] = [
    ['status', 'Any status', TUTOR_STATUSES.map((id) => ({ id, name: tutorStatusNames[id] }))],
    ['subject', 'Any subject', choices.subjects],
    ['level', 'Any level', choices.levels],
    ['mode', 'Online or in person', MODES.map((id) => ({ id, name: modeNames[id] }))],
    ['language', 'Any language', languages],
    ['tag', 'Any tag', choices.tags],
    ['payGroup', 'Any pay group', choices.payGroups],
  ];
  return <ListFilters fields={fields.map(([name, any, items]) => ({ name, any, items, value: filter[name]?.toString() }))} />;
}
