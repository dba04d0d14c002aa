/** What a posting's key says it comes from. */
export interface PostingSource {
  kind: 'invoice' | 'credit-note' | 'payment' | 'refund' | 'write-off' | 'package' | 'pay-run';
  id: string;
}

const sources: readonly [RegExp, PostingSource['kind']][] = [
  [/^invoice:(.+)$/, 'invoice'],
  [/^credit-note:(.+)$/, 'credit-note'],
  [/^payment:(.+)$/, 'payment'],
  [/^(?:payment-)?refund:(.+)$/, 'refund'],
  [/^(?:invoice-)?write-off:(.+)$/, 'write-off'],
  [/^(?:lot|recognise):(.+)$/, 'package'],
  [/^pay-run:(.+)$/, 'pay-run'],
];

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The document, payment, package or run that a posting was made for; undefined: a session, or nothing with a page. */
export function sourceOf(key: string): PostingSource | undefined {
  for (const [pattern, kind] of sources) {
    const found = id.exec(pattern.exec(key)?.[1] ?? '')?.[0];
    if (found) return { kind, id: found };
  }
  return undefined;
}

/** Liabilities, income and equity grow with a credit: they are shown positive then. */
export const shownAmount = (kind: string, amount: bigint): bigint => (kind === 'asset' || kind === 'expense' ? amount : -amount);

const groupWords: Record<string, string> = {
  'assets:receivable': 'Invoiced and not paid',
  'assets:unbilled': 'Settled and not invoiced',
  'assets:bank': 'Money received',
  'liabilities:tax': 'Tax invoiced',
  'liabilities:pay': 'Pay owed to tutors',
  'liabilities:deferred': 'Owed in lessons: packages not used yet',
  'income:tuition': 'Lessons',
  'income:packages': 'Packages, as their credits are used',
  'income:subscriptions': 'Monthly fees',
  'income:extras': 'Extra lines',
  'income:discounts': 'Discounts given',
  'income:fees': 'Late fees',
  'expenses:write-offs': 'Written off before invoicing',
  'expenses:bad-debts': 'Invoiced and given up',
  'expenses:wages': 'Wages',
  'expenses:mileage': 'Mileage',
  'expenses:adjustments': 'Adjustments of pay',
  'credits:lot': 'Credits available',
  'credits:overdraft': 'Credits taken below zero',
  'credits:booked': 'Credits booked',
  'credits:used': 'Credits used',
  'credits:expired': 'Credits expired',
  'credits:issued': 'Credits issued',
};

/** What a group of accounts is, in words; of others its own name. */
export function groupLabel(group: string): string {
  const known = groupWords[group];
  if (known) return known;
  const last = group.split(':').at(-1) ?? group;
  return last.replaceAll(/[-_]/g, ' ').replace(/^./, (first) => first.toUpperCase());
}
