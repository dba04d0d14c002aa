import { isLocalDate, isWallTime } from '#app/domain/scheduling/wall-time.ts';
import type { Decision } from '#app/domain/series/series.schema.ts';

const ACTIONS = ['book', 'skip', 'move', 'keep'] as const;

/** What was chosen for each day that needs a decision. A move to no time is an error of its own field. */
export function readDecisions(form: FormData): { decisions: Decision[]; errors: Record<string, string> } {
  const decisions: Decision[] = [];
  const errors: Record<string, string> = {};
  for (const [name, value] of form) {
    const date = name.startsWith('decision.') ? name.slice('decision.'.length) : '';
    const action = ACTIONS.find((known) => known === value);
    if (!isLocalDate(date) || !action) continue;
    if (action !== 'move') decisions.push({ date, action });
    else {
      const to = form.get(`moveTo.${date}`);
      if (typeof to === 'string' && isWallTime(to.slice(0, 16))) decisions.push({ date, action, wallStart: to.slice(0, 16) });
      else errors[`moveTo.${date}`] = 'Enter when instead';
    }
  }
  return { decisions, errors };
}

/** The form without its buttons and decisions, to be sent along again. */
export function fieldsToKeep(form: FormData): [name: string, value: string][] {
  return [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' &&
      entry[0] !== 'intent' &&
      !entry[0].startsWith('decision.') &&
      !entry[0].startsWith('moveTo.'),
  );
}
