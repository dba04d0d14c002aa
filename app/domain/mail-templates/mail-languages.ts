import { z } from 'zod';
import { LANGUAGES, languageOf } from '#emails/languages.ts';

/** Languages that are offered to write a mail in, beside those that it ships in; any other can be typed. Browser-safe. */
const OFFERED = [
  ...['bn', 'cs', 'da', 'de', 'el', 'en-GB', 'es-MX', 'fa', 'fi', 'fr', 'fr-CA', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nl'],
  ...['no', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sv', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'zh-CN', 'zh-TW'],
];

/** A language by its BCP 47 tag, written as is usual (`pt-BR`). */
export const languageTag = z
  .string()
  .trim()
  .max(35)
  .regex(/^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-\d{3})?$/i, 'Choose a language')
  .transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag);

/** "Spanish", "Spanish (Mexico)", as the reader of the page calls it. */
export function languageName(tag: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Whether a mail ships in exactly this language; else what ships for it is in English. */
export const ships = (tag: string) => languageOf(tag) === tag.split('-')[0]?.toLowerCase();

export const shippedLanguages = Object.keys(LANGUAGES);

export function offeredLanguages(there: readonly string[], reader: string): { value: string; label: string }[] {
  return OFFERED.filter((tag) => !there.includes(tag))
    .map((value) => ({ value, label: languageName(value, reader) }))
    .sort((a, b) => a.label.localeCompare(b.label, reader));
}
