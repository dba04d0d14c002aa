import type { CustomField } from '#app/domain/fields/custom-field.ts';
import type { AskedField } from '#app/domain/public-forms/form-fields.ts';
import type { RecordField } from '#app/ui/record-answer.ts';
import type { PublicFormAnswer } from './form-guard.server.ts';

export interface FormChoices {
  subjects: readonly { id: string; name: string }[];
  levels: readonly { id: string; name: string }[];
  /** The types of file that are taken, for a file field. */
  accept: string;
}

export interface PublicFormProps {
  asked: readonly AskedField<CustomField>[];
  choices: FormChoices;
  intro: string;
  company: { name: string; locale: string; timezone: string };
  token: string;
  /** The family that is signed in. */
  signedIn?: { name: string; email: string } | null;
  answer?: PublicFormAnswer | undefined;
}

/** What a field of a public form is drawn from. */
export interface FormFieldProps {
  asked: AskedField<CustomField>;
  /** Of its name, for the fields of one of several students. */
  prefix?: string;
  field: (name: string) => RecordField;
  chosen: (name: string, value: string) => boolean;
  choices: FormChoices;
  locale: string;
  /** Of the times of the week. */
  zone: string;
}

const WIDE = new Set(['address', 'times', 'wishLanguages', 'note', 'languages', 'subjects', 'modes', 'about', 'documents']);

/** Whether a question takes the whole line, where others stand side by side. */
export const isWide = ({ field, custom }: AskedField<CustomField>): boolean =>
  custom ? custom.type === 'long_text' || custom.type === 'choices' : WIDE.has(field);

/** Required fields have no mark where most are: what may be left empty says so, but for lists that have a word for it. */
export const labelled = (label: string, required: boolean) => (required ? label : `${label} (optional)`);

/** The fields of one student among several. */
export const within = (prefix: string, { field, chosen }: Pick<FormFieldProps, 'field' | 'chosen'>) => ({
  field: (name: string) => field(`${prefix}${name}`),
  chosen: (name: string, value: string) => chosen(`${prefix}${name}`, value),
});
