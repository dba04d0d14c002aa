import { formatCredits, formatMoney } from '#app/ui/format.ts';

interface Quoted {
  fee: bigint | null;
  credits: bigint | null;
  creditsAvailable: bigint | null;
  note: string;
}

const creditsText = (hundredths: bigint, locale: string) =>
  `${formatCredits(hundredths, locale)} ${hundredths === 100n ? 'credit' : 'credits'}`;

/** What a session costs its family, before it is booked: money that will be invoiced, or credits. */
export function priceText(place: Quoted, currency: string, locale: string): string {
  if (place.credits !== null) {
    const left = place.creditsAvailable === null ? '' : ` of the ${creditsText(place.creditsAvailable, locale)} you have`;
    return `${creditsText(place.credits, locale)}${left}`;
  }
  return place.fee === null ? place.note : `${formatMoney(place.fee, currency, locale)}, invoiced after it took place`;
}
