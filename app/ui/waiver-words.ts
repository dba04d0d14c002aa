import type { Waiver } from '#app/domain/make-ups/waiver.ts';

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** 1st, 2nd, 3rd, 11th */
export const ordinalText = (n: number) => `${n}${endings[ordinals.select(n)] ?? 'th'}`;

/** YYYY-MM-DD as "31 March 2026". */
export function dayOf(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** Why nothing is charged for a late cancellation, to stand behind a name. */
export function waiverText(waiver: Waiver, locale: string): string {
  if (waiver.as === 'free')
    return waiver.of === 1
      ? `nothing is charged: the free one of ${waiver.termName}`
      : `nothing is charged: the ${ordinalText(waiver.ordinal)} of ${waiver.of} free ones in ${waiver.termName}`;
  return `nothing is charged for now: it can be made up for until ${dayOf(waiver.expiresOn, locale)}, and is charged if it isn’t`;
}
