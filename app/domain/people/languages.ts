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

/** In the language itself: "español". */
export function ownLanguageName(tag: string): string {
  return new Intl.DisplayNames(tag, { type: 'language', fallback: 'code' }).of(tag) ?? tag;
}

const ENGLISH = ['en-US', 'en-GB', 'en-IE', 'en-CA', 'en-AU', 'en-NZ'];

/** What somebody is written to in; of English the regions too, whose dates differ. */
export const mailLanguages: readonly string[] = [...ENGLISH, ...COMMON.filter((tag) => tag !== 'en' && tag !== 'la')];

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
