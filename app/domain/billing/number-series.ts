/** The texts of document numbers. Pure, browser-safe. */

export const SERIES = ['invoice', 'credit_note'] as const;
export type SeriesName = (typeof SERIES)[number];

export interface SeriesForm {
  /** May hold {year}, which stands for the year of the day of issue. */
  prefix: string;
  /** The number is filled up with zeros to so many digits. */
  digits: number;
}

/** `INV-{year}-`, 5, 42n on 2026-03-01 is INV-2026-00042. */
export function numberText({ prefix, digits }: SeriesForm, number: bigint, issuedOn: string): string {
  return prefixOf(prefix, issuedOn) + number.toString().padStart(digits, '0');
}

export const prefixOf = (prefix: string, issuedOn: string) => prefix.replaceAll('{year}', issuedOn.slice(0, 4));
