import { comparePercent, percentOf } from './money.ts';

/** Tax per document: the nets of one percentage are summed, and tax is rounded once per percentage. Pure, browser-safe. */
export interface TaxableLine {
  /** Minor units. */
  net: bigint;
  /** An exact decimal, "8.875". */
  taxPercent: string;
}

export interface TaxOfPercent {
  taxPercent: string;
  net: bigint;
  tax: bigint;
}

export interface DocumentTotals {
  net: bigint;
  tax: bigint;
  /** The sum of the nets and the sum of the taxes; added, never multiplied. */
  total: bigint;
  /** By percentage, ascending. */
  taxes: TaxOfPercent[];
}

export function totalsOf(lines: readonly TaxableLine[]): DocumentTotals {
  const nets = new Map<string, bigint>();
  for (const line of lines) {
    const percent = shortPercent(line.taxPercent);
    nets.set(percent, (nets.get(percent) ?? 0n) + line.net);
  }
  const taxes = [...nets]
    .map(([taxPercent, net]) => ({ taxPercent, net, tax: percentOf(net, taxPercent) }))
    .sort((a, b) => comparePercent(a.taxPercent, b.taxPercent));
  const net = taxes.reduce((sum, one) => sum + one.net, 0n);
  const tax = taxes.reduce((sum, one) => sum + one.tax, 0n);
  return { net, tax, total: net + tax, taxes };
}

/**
 * What a credit note gives back, all negative. `before`: what remains of an invoice's lines; `after`: what remains once
 * the note is out. Its tax is tax(before) - tax(after), so that the credit notes of an invoice, of whole lines and of
 * parts, add up to it exactly.
 */
export function creditTotals(before: readonly TaxableLine[], after: readonly TaxableLine[]): DocumentTotals {
  const was = totalsOf(before);
  const is = totalsOf(after);
  const taxes = was.taxes
    .map(({ taxPercent, net, tax }) => {
      const rest = is.taxes.find((one) => one.taxPercent === taxPercent);
      return { taxPercent, net: (rest?.net ?? 0n) - net, tax: (rest?.tax ?? 0n) - tax };
    })
    .filter((one) => one.net !== 0n || one.tax !== 0n);
  const net = is.net - was.net;
  const tax = is.tax - was.tax;
  return { net, tax, total: net + tax, taxes };
}

/** The database keeps four decimals: "20.0000" is "20". */
export function shortPercent(percent: string): string {
  if (!percent.includes('.')) return percent;
  return percent.replace(/\.?0+$/, '') || '0';
}
