/** A form's fields as text: several where a name occurs several times. */
export type FormValues = Record<string, readonly string[]>;

/** What an action answers when a record was not saved: why, at which field, and what was typed. */
export interface RecordAnswer {
  errors: Record<string, string>;
  values: FormValues;
  message?: string | undefined;
  /** Somebody saved in the meantime. */
  conflict?: RecordConflict | undefined;
}

export interface RecordConflict {
  /** Sent along with the next try, it says that the change was seen. */
  version: number;
  by: string;
  at: string | null;
  /** What is saved now where it differs from what was typed. */
  differs: { name: string; saved: string }[];
}

export interface RecordField {
  id: string;
  name: string;
  defaultValue: string;
  error: string | undefined;
  /** What is said about a field stands below it, so that fields side by side line up. */
  inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[];
}

const inputWrapperOrder: RecordField['inputWrapperOrder'] = ['label', 'input', 'description', 'error'];

/** The fields of a form: filled from what was typed if it was refused, else from the record. */
export function recordFields(initial: FormValues, answer: RecordAnswer | undefined) {
  const values = answer?.values ?? initial;
  const field = (name: string): RecordField => ({
    id: name,
    name,
    defaultValue: values[name]?.[0] ?? '',
    error: answer?.errors[name],
    inputWrapperOrder,
  });
  const chosen = (name: string, value: string) => values[name]?.includes(value) ?? false;
  return { field, chosen };
}

/** Text fields of a record for a form; null is an empty field. */
export function asFormValues(record: Record<string, string | number | null | undefined | readonly string[]>): FormValues {
  const values: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(record)) {
    values[name] = value === null || value === undefined ? [''] : typeof value === 'object' ? value : [String(value)];
  }
  return values;
}
