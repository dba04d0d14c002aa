import { z } from 'zod';
import { type CustomField, type CustomPatch, type CustomValue, type CustomValues, hasChoices } from './custom-field.ts';

export const TEXT_MAX = 500;
export const LONG_TEXT_MAX = 10_000;

type Parsed = { value: CustomValue | null } | { error: string };

/**
 * One field as a form sends it: nothing, one text, or several of a list. `before` is what the record has, which may stay
 * even where it is not offered any more.
 */
export function parseValue(field: CustomField, sent: readonly string[], before?: CustomValue): Parsed {
  const texts = sent.map((text) => text.toWellFormed().trim()).filter((text) => text !== '');
  const text = texts[0];
  if (text === undefined) return { value: null };
  switch (field.type) {
    case 'text':
      return within(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), TEXT_MAX);
    case 'long_text':
      return within(text.replaceAll('\r\n', '\n'), LONG_TEXT_MAX);
    case 'number':
      return numberOf(text);
    case 'date':
      return z.iso.date().safeParse(text).success ? { value: text } : { error: 'Enter a date such as 2027-03-31' };
    case 'yes_no':
      return text === 'yes' || text === 'no' ? { value: text === 'yes' } : { error: 'Choose yes or no' };
    case 'choice':
      return offered(field, text, before) ? { value: text } : { error: 'Choose one from the list' };
    case 'choices': {
      const wrong = texts.some((id) => !offered(field, id, before));
      if (wrong) return { error: 'Choose from the list' };
      return { value: field.choices.map((choice) => choice.id).filter((id) => texts.includes(id)) };
    }
    case 'email': {
      const email = text.toLowerCase();
      const valid = email.length <= 254 && z.email().safeParse(email).success;
      return valid ? { value: email } : { error: 'Enter an e-mail address like name@example.org' };
    }
    case 'phone':
      return text.length <= 40 && /\d.*\d.*\d/.test(text) ? { value: text } : { error: 'Enter a phone number' };
    case 'url':
      return text.length <= 2000 && z.url({ protocol: /^https?$/ }).safeParse(text).success
        ? { value: text }
        : { error: 'Enter a full address that starts with https://' };
  }
}

const within = (text: string, max: number): Parsed =>
  text.length <= max ? { value: text || null } : { error: `Keep it under ${max} characters` };

/** Written with a point or a comma before its decimals. Three digits behind one comma could be thousands. */
function numberOf(text: string): Parsed {
  const error = 'Enter a number such as 1250 or 12.5';
  if (!/^[-−+]?\d{1,15}([.,]\d{1,10})?$/.test(text)) return { error };
  if (/,\d{3}$/.test(text)) return { error: 'Enter it without a separator of thousands, its decimals behind a point' };
  const value = Number(text.replace('−', '-').replace(',', '.'));
  return Number.isSafeInteger(Math.trunc(value)) ? { value: value === 0 ? 0 : value } : { error };
}

function offered(field: CustomField, id: string, before: CustomValue | undefined): boolean {
  const choice = field.choices.find((candidate) => candidate.id === id);
  if (!choice) return false;
  return !choice.archived || before === id || (Array.isArray(before) && before.includes(id));
}

export interface ParseOptions {
  /** What the record has; left out for a new one. */
  before?: CustomValues | undefined;
}

/**
 * What was sent for the fields that may be filled in, by the field's id. Fields that were not in the form stay as they
 * are; of a new record those that are required are asked for nevertheless. Errors by the name of the input.
 */
export function parseCustom(
  fields: readonly CustomField[],
  sent: ReadonlyMap<string, readonly string[]>,
  { before }: ParseOptions = {},
): { patch: CustomPatch; errors: Record<string, string> } {
  const patch: CustomPatch = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    if (!field.editable) continue;
    const texts = sent.get(field.id);
    if (!texts && (before || !field.required)) continue;
    const parsed = parseValue(field, texts ?? [], before?.[field.id]);
    if ('error' in parsed) errors[`custom.${field.id}`] = parsed.error;
    else if (parsed.value === null && field.required) errors[`custom.${field.id}`] = missing(field);
    else patch[field.id] = parsed.value;
  }
  return { patch, errors };
}

const missing = (field: CustomField) =>
  hasChoices(field.type) || field.type === 'yes_no' ? 'Choose an answer' : `Fill in “${field.label}”`;

/** Of all that a record has what these fields show. Values that don't fit their field are left out. */
export function valuesOf(fields: readonly Pick<CustomField, 'id'>[], custom: unknown): CustomValues {
  const all = isRecord(custom) ? custom : {};
  const values: CustomValues = {};
  for (const field of fields) {
    const value = all[field.id];
    if (isValue(value)) values[field.id] = value;
  }
  return values;
}

/** As a form's inputs have it. */
export function asSent(value: CustomValue | undefined): string[] {
  if (value === undefined) return [''];
  if (Array.isArray(value)) return value;
  return [typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)];
}

/** In words, for mails, lists and exports. An archived choice still has its name. */
export function valueText(field: Pick<CustomField, 'type' | 'choices'>, value: CustomValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (!hasChoices(field.type)) return String(value);
  const ids = Array.isArray(value) ? value : [String(value)];
  return ids
    .map((id) => field.choices.find((choice) => choice.id === id)?.label ?? '')
    .filter(Boolean)
    .join(', ');
}

/** The same as its reader writes numbers and dates. */
export function localText(field: Pick<CustomField, 'type' | 'choices'>, value: CustomValue | undefined, locale: string): string {
  if (field.type === 'number' && typeof value === 'number')
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value);
  if (field.type === 'date' && typeof value === 'string')
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T12:00:00Z`));
  return valueText(field, value);
}

/** What a record has with the patch laid over it, and which fields that changes. */
export function overlay(custom: unknown, patch: CustomPatch | undefined): { custom: CustomValues; changed: string[] } {
  const before = isRecord(custom) ? (custom as CustomValues) : {};
  const after: CustomValues = { ...before };
  const changed: string[] = [];
  for (const [id, value] of Object.entries(patch ?? {})) {
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    if (JSON.stringify(before[id] ?? null) === JSON.stringify(empty ? null : value)) continue;
    changed.push(id);
    if (empty) delete after[id];
    else after[id] = value;
  }
  return { custom: after, changed };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isValue = (value: unknown): value is CustomValue =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'));
