/** A company as a document shows it, kept with each document as it was on its day. */
export interface Company {
  name: string;
  address: string;
  email: string | null;
  phone: string | null;
  taxNumber: string | null;
  locale: string;
  /** SHA-256 of the logo's bytes, hexadecimal. */
  logo?: string | null;
  terms?: string;
  paymentInstructions?: string;
  /** What the taxes of a percentage are called: `{ "20": "VAT 20 %" }`. */
  taxNames?: Record<string, string>;
  /** Where the family sees the document without signing in, and the id of the key that its link was made with. */
  link?: { origin: string; key: string };
}

/** "VAT 20 %", or "Tax 20%" where the percentage has no name. */
export function taxName(company: Pick<Company, 'taxNames'>, percent: string): string {
  return company.taxNames?.[percent] ?? `Tax ${percent}%`;
}
