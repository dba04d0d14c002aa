import type { FormValues } from '#app/ui/record-answer.ts';

/** Rules as the fields of a form: `{ tutor: { book: true } }` -> `{ 'tutor.book': 'true' }`; no limit is an empty field. */
export function ruleTexts(rules: object, prefix = ''): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [key, value] of Object.entries(rules)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) all[prefix + key] = value.join('\n');
    else if (typeof value === 'object' && value !== null) Object.assign(all, ruleTexts(value, `${prefix}${key}.`));
    else all[prefix + key] = value === null ? '' : String(value);
  }
  return all;
}

export const ruleFormValues = (rules: object, prefix: string): FormValues =>
  Object.fromEntries(Object.entries(ruleTexts(rules)).map(([name, text]) => [prefix + name, [text]]));
