import type { OfferTerms } from '#app/domain/offers/offer.schema.ts';
import { timeOfWeek } from '#app/domain/offers/time-of-week.ts';
import { firstTimes, timesIn } from '#app/domain/offers/weekly-times.ts';
import { cityOf } from '#app/ui/format.ts';
import type { Reader } from '#app/ui/session-when.ts';

export interface WeeklyTimeText {
  text: string;
  /** The company's own time, where it reads differently. */
  atOffice: string | null;
}

/** The times of a week on the reader's clock, with the company's beside where they differ. */
export function timesText(terms: Pick<OfferTerms, 'startsOn' | 'times' | 'zone'>, reader: Reader): WeeklyTimeText[] {
  const own = timesIn(terms, reader.zone);
  const office = timesIn(terms, reader.organisationZone);
  return firstTimes(terms).map((time, i) => {
    const text = timeOfWeek(own[i] ?? time, reader.locale);
    const there = timeOfWeek(office[i] ?? time, reader.locale);
    return { text, atOffice: there === text ? null : `${there} in ${cityOf(reader.organisationZone)}` };
  });
}
