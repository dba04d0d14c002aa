/** Languages that mails ship in, by their BCP 47 tag; each mail's words are in its folder, in `LANGUAGE.json`. Browser-safe. */
export const LANGUAGES = { en: 'English', es: 'Español', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

/** The shipped language for a reader's locale; English where there is none. */
export function languageOf(locale: string): Language {
  const base = locale.split('-')[0]?.toLowerCase() ?? '';
  return Object.hasOwn(LANGUAGES, base) ? (base as Language) : 'en';
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'dv', 'ug']);

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr';
}
