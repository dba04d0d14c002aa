import { z } from 'zod';

/** Languages people teach in, stored as language tags (BCP 47) and shown by their English names. Browser-safe. */

const COMMON = [
  ...['en', 'es', 'fr', 'de', 'it', 'pt', 'pt-BR', 'nl', 'pl', 'uk', 'ru', 'tr', 'ar', 'he', 'fa', 'ur', 'hi', 'bn', 'pa', 'ta'],
  ...['te', 'ml', 'gu', 'zh', 'yue', 'ja', 'ko', 'vi', 'th', 'id', 'ms', 'tl', 'sv', 'no', 'da', 'fi', 'el', 'cs', 'sk', 'hu'],
  ...['ro', 'bg', 'hr', 'sr', 'sl', 'lt', 'lv', 'et', 'ga', 'cy', 'ca', 'eu', 'af', 'sw', 'am', 'so', 'yo', 'ig', 'ha', 'la'],
] as const;

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const nameOf = (tag: string) => {
  try {
    return names.of(tag);
  } catch {
    return undefined;
  }
};

/** "Brazilian Portuguese" for pt-BR; a tag without a name is its own. */
export const languageName = (tag: string): string => nameOf(tag) ?? tag;

/**
 * What somebody is written to in, each by its own name; of English the regions too, whose dates differ. Spelt out, since a
 * browser and the server may know a language by different names.
 */
export const MAIL_LANGUAGES: Readonly<Record<string, string>> = {
  'en-US': 'American English',
  'en-GB': 'British English',
  'en-IE': 'English (Ireland)',
  'en-CA': 'Canadian English',
  'en-AU': 'Australian English',
  'en-NZ': 'English (New Zealand)',
  es: 'español',
  fr: 'français',
  de: 'Deutsch',
  it: 'italiano',
  pt: 'português',
  'pt-BR': 'português (Brasil)',
  nl: 'Nederlands',
  pl: 'polski',
  uk: 'українська',
  ru: 'русский',
  tr: 'Türkçe',
  ar: 'العربية',
  he: 'עברית',
  fa: 'فارسی',
  ur: 'اردو',
  hi: 'हिन्दी',
  bn: 'বাংলা',
  pa: 'ਪੰਜਾਬੀ',
  ta: 'தமிழ்',
  te: 'తెలుగు',
  ml: 'മലയാളം',
  gu: 'ગુજરાતી',
  zh: '中文',
  yue: '粵語',
  ja: '日本語',
  ko: '한국어',
  vi: 'Tiếng Việt',
  th: 'ไทย',
  id: 'Indonesia',
  ms: 'Melayu',
  tl: 'Filipino',
  sv: 'svenska',
  no: 'norsk',
  da: 'dansk',
  fi: 'suomi',
  el: 'Ελληνικά',
  cs: 'čeština',
  sk: 'slovenčina',
  hu: 'magyar',
  ro: 'română',
  bg: 'български',
  hr: 'hrvatski',
  sr: 'српски',
  sl: 'slovenščina',
  lt: 'lietuvių',
  lv: 'latviešu',
  et: 'eesti',
  ga: 'Gaeilge',
  cy: 'Cymraeg',
  ca: 'català',
  eu: 'euskara',
  af: 'Afrikaans',
  sw: 'Kiswahili',
  am: 'አማርኛ',
  so: 'Soomaali',
  yo: 'Èdè Yorùbá',
  ig: 'Igbo',
  ha: 'Hausa',
};

/** What a form offers. */
export const languageChoices: readonly string[] = COMMON.map(languageName).sort((a, b) => a.localeCompare(b));

const tagsByName = new Map(COMMON.map((tag) => [languageName(tag).toLowerCase(), tag as string]));

/** The tag of a name or of a tag as somebody types it; undefined where it is neither. */
export function languageTag(text: string): string | undefined {
  const typed = text.trim();
  const known = tagsByName.get(typed.toLowerCase());
  if (known) return known;
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(typed) || nameOf(typed) === undefined) return undefined;
  return Intl.getCanonicalLocales(typed)[0];
}

/** How a form shows it: by the name, where that leads back to the tag. */
export const languageText = (tag: string): string => (languageTag(languageName(tag)) === tag ? languageName(tag) : tag);

/** As a form sends them: names or tags with commas between. */
export const languageTags = z
  .preprocess(
    (sent) => (typeof sent === 'string' ? sent.split(',') : (sent ?? [])),
    z.array(z.string().trim()).max(40, 'That are too many languages'),
  )
  .transform((typed, ctx) => {
    const tags = new Set<string>();
    for (const text of typed.filter(Boolean)) {
      const tag = languageTag(text);
      if (tag) tags.add(tag);
      else ctx.addIssue({ code: 'custom', message: `“${text.slice(0, 40)}” is no language we know. Choose one from the list` });
    }
    return [...tags];
  });
