import type { PlanningAct, PlanningRights, RightsSource } from './planning-rights.ts';
import type { WhoMaySchedule } from './scheduling-rules.ts';

/** Rights in words, the same on every page. Browser-safe. */

export const WHO_LABELS: Record<WhoMaySchedule | '', string> = {
  '': 'As the rules say',
  office: 'The office',
  tutor: 'The tutor',
  family: 'The family',
  any: 'Tutor and family',
};

export const whoLabel = (who: string | null): string => WHO_LABELS[(who ?? '') as WhoMaySchedule | ''] ?? WHO_LABELS[''];

const acts: [PlanningAct, string][] = [
  ['book', 'book'],
  ['move', 'move'],
  ['cancel', 'cancel'],
];

/** "may book and move sessions at once, and has to ask the office to cancel" with where it comes from. */
export interface RightLine {
  who: 'The tutor' | 'The family';
  text: string;
  from: string;
}

export function rightLines(rights: PlanningRights, names: { program: string; tutor: string }): RightLine[] {
  return [
    lineOf('The tutor', rights.tutor, 'asks the office', names),
    lineOf('The family', rights.family, rights.family.request.may ? 'asks' : 'rings the office', names),
  ];
}

function lineOf(
  who: RightLine['who'],
  rights: PlanningRights['tutor'],
  asks: string,
  names: { program: string; tutor: string },
): RightLine {
  const may = acts.filter(([act]) => rights[act].may).map(([, word]) => word);
  const must = acts.filter(([act]) => !rights[act].may).map(([, word]) => word);
  const parts = [
    may.length > 0 ? `may ${listWords(may)} at once` : '',
    must.length > 0 ? `${asks} to ${listWords(must, 'or')}` : '',
  ].filter(Boolean);
  const sources = [...new Set(acts.map(([act]) => rights[act].from))];
  return { who, text: parts.join('; '), from: sources.map((source) => sourceWords(source, names)).join(', ') };
}

function sourceWords(source: RightsSource, names: { program: string; tutor: string }): string {
  return {
    organisation: 'the company’s rules',
    program: `the rules of ${names.program}`,
    tutor: `${names.tutor}’s own rules`,
    engagement: 'this engagement',
  }[source];
}

function listWords(words: string[], and = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}
