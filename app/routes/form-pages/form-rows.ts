import type { CustomField } from '#app/domain/fields/custom-field.ts';
import type { FormKind } from '#app/domain/public-forms/form-fields.ts';
import { type AskedField, type FormSection, type StoredField, unaskedFields } from '#app/domain/public-forms/form-fields.ts';
import type { FormValues } from '#app/ui/record-answer.ts';

/** A line of the page that says what a form asks. */
export interface FormRow {
  field: string;
  label: string;
  section: FormSection;
  /** Always asked. */
  locked: boolean;
  custom: boolean;
  /** A custom field that says itself that it must be filled in. */
  mustAnyway: boolean;
  asked: boolean;
  required: boolean;
}

/** What the form asks, and behind it in each section what it could ask. */
export function rowsOf(kind: FormKind, asked: readonly AskedField<CustomField>[]): FormRow[] {
  const rows = asked.map(({ field, label, section, locked, custom, required }): FormRow => {
    return {
      field,
      label,
      section,
      locked,
      custom: custom !== null,
      mustAnyway: custom?.required ?? false,
      asked: true,
      required,
    };
  });
  const others = unaskedFields(kind, asked).map(({ name, label, section }): FormRow => {
    return { field: name, label, section, locked: false, custom: false, mustAnyway: false, asked: false, required: false };
  });
  return [...rows, ...others];
}

/** As the form of the settings was sent: its order, what was ticked. */
export function rowsAsSent(rows: readonly FormRow[], values: FormValues): FormRow[] {
  const order = values.order ?? [];
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  return rows
    .map((row) => ({
      ...row,
      asked: row.locked || row.custom || (values.ask ?? []).includes(row.field),
      required: row.locked ? row.required : row.mustAnyway || (values.must ?? []).includes(row.field),
    }))
    .sort((a, b) => place(a.field) - place(b.field));
}

/** One row up or down among those of its section. */
export function movedRow(rows: readonly FormRow[], field: string, to: 'up' | 'down'): FormRow[] {
  const row = rows.find((one) => one.field === field);
  const near = rows.filter((one) => one.section === row?.section);
  const other = near[near.findIndex((one) => one.field === field) + (to === 'up' ? -1 : 1)];
  if (!row || !other) return [...rows];
  return rows.map((one) => (one === row ? other : one === other ? row : one));
}

/** What is stored of them. */
export const storedOf = (rows: readonly FormRow[]): StoredField[] =>
  rows.filter((row) => row.asked).map(({ field, required }) => ({ field, required }));
