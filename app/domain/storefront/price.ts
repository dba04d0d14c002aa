/** What a lesson costs whoever books it, said before they do. Money in minor units, credits in hundredths. */
export type Price =
  | { kind: 'money'; net: bigint; tax: bigint; total: bigint; taxPercent: string }
  | { kind: 'credits'; credits: bigint; available: bigint }
  /** Billed elsewhere, or not at all. */
  | { kind: 'none' }
  /** There is no rate: the office says it before the booking is firm. */
  | { kind: 'on_request' };

/** A price as the form carries it back, so that one that changed meanwhile is told and not charged. */
export function priceKey(price: Price): string {
  if (price.kind === 'money') return `money ${price.net} ${price.tax}`;
  if (price.kind === 'credits') return `credits ${price.credits}`;
  return price.kind;
}
