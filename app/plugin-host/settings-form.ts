import type { SettingsField } from './settings-fields.ts';

/** What the browser may know of a setting: of a secret only whether one is saved. */
export type SettingValue = string | number | boolean | null;

export interface SettingsInput {
  /** Ready for the plugin's schema; a field left empty is not there, so that its default holds. */
  values: Record<string, unknown>;
  /** Secrets whose field was left empty: what is saved is kept. */
  keptSecrets: string[];
}

interface FormLike {
  get(name: string): unknown;
}

/** Fields are named `settings.<name>`, so that a plugin's own names never meet the page's. */
export const inputName = (field: string) => `settings.${field}`;

/** Reads what was posted, field by field; what is not a field of the plugin is not read. */
export function readSettingsForm(fields: readonly SettingsField[], form: FormLike): SettingsInput {
  const values: Record<string, unknown> = {};
  const keptSecrets: string[] = [];
  for (const field of fields) {
    const given = form.get(inputName(field.name));
    const text = typeof given === 'string' ? given.trim() : '';
    if (field.type === 'boolean') {
      values[field.name] = text === 'on' || text === 'true';
    } else if (field.type === 'secret' && text === '') {
      keptSecrets.push(field.name);
    } else if (text === '') {
      // Left out: the schema's default, or its "is needed".
    } else if (field.type === 'number') {
      // What is no number goes on as text, for the schema to refuse at its field.
      const number = Number(text.replace(',', '.'));
      values[field.name] = Number.isNaN(number) ? text : number;
    } else {
      values[field.name] = text;
    }
  }
  return { values, keptSecrets };
}

/** What was typed, to be shown again beside the errors. Secrets are not sent back. */
export function typedValues(fields: readonly SettingsField[], form: FormLike): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter((field) => field.type !== 'secret')
      .map((field) => {
        const given = form.get(inputName(field.name));
        return [field.name, typeof given === 'string' ? given : ''];
      }),
  );
}
