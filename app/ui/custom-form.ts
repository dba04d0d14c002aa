import { type CustomField, type CustomValues, inputName } from '#app/domain/fields/custom-field.ts';
import { asSent } from '#app/domain/fields/custom-values.ts';
import type { FormValues } from './record-answer.ts';

/** What a record has, as the inputs of a form show it. */
export function customFormValues({ fields, values }: { fields: readonly CustomField[]; values: CustomValues }): FormValues {
  return Object.fromEntries(
    fields.filter((field) => field.editable).map((field) => [inputName(field), asSent(values[field.id])]),
  );
}

/** What the inputs are called, for the list of what is wrong. */
export function customLabels(fields: readonly CustomField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [inputName(field), field.label]));
}

/** What was typed in them, by the names of their inputs. */
export function typedCustom(form: FormData): FormValues {
  const values: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (!name.startsWith('custom.') || typeof value !== 'string') continue;
    const before = values[name];
    if (before) before.push(value);
    else values[name] = [value];
  }
  return values;
}
