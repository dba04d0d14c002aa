import type { FieldDefinition, Seer } from './custom-field.ts';
import { localText, valuesOf } from './custom-values.ts';

/** What a mail needs to know of a field that stands in mails. */
export type MailField = Pick<FieldDefinition, 'id' | 'label' | 'type' | 'choices' | 'seenBy'>;

export interface MailLine {
  label: string;
  value: string;
}

/** So much of a long text; the rest is on the page. */
const VALUE_MAX = 500;

/** A record's additional fields as lines of a mail to one of those who see them; empty ones are left out. */
export function mailLines(fields: readonly MailField[], custom: unknown, reader: Seer, locale: string): MailLine[] {
  const shown = fields.filter((field) => field.seenBy.includes(reader));
  const values = valuesOf(shown, custom);
  return shown
    .map((field) => ({ label: inOneLine(field.label), value: cut(inOneLine(localText(field, values[field.id], locale))) }))
    .filter((line) => line.value !== '');
}

const inOneLine = (text: string) => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const cut = (text: string) => (text.length <= VALUE_MAX ? text : `${text.slice(0, VALUE_MAX - 1).toWellFormed()}…`);
