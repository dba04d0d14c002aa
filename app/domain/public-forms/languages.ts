/** The languages a public form offers, as BCP 47 tags. What else somebody speaks, the office adds. */
export const FORM_LANGUAGES = [
  'ar',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'ta',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
] as const;

/** Their names in the reader's language, in its order. */
export function languageNames(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return FORM_LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) =>
    a.label.localeCompare(b.label, locale),
  );
}

export const isFormLanguage = (tag: string): boolean => (FORM_LANGUAGES as readonly string[]).includes(tag);
