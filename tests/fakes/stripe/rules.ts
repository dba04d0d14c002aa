/** What Stripe documents of amounts and parameters, as far as Lectern meets it. */

export class Refused extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.message));
    this.status = status;
    this.body = body;
  }
}

export const invalid = (message: string, code?: string, param?: string) =>
  new Refused(400, { type: 'invalid_request_error', message, ...(code ? { code } : {}), ...(param ? { param } : {}) });

export const missing = (what: string, id: string) =>
  new Refused(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'` });

const least: Record<string, number> = { usd: 50, eur: 50, gbp: 30, jpy: 50, kwd: 100, isk: 10_000 };
const thousandths = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];
const wholeByHundreds = ['isk', 'ugx'];

/** Amounts are whole numbers of the smallest unit, within bounds, and in some currencies end in zeros. */
export function checkAmount(amount: unknown, currency: unknown): { amount: number; currency: string } {
  if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency))
    throw invalid('Invalid currency', 'parameter_invalid', 'currency');
  if (typeof amount !== 'string' || !/^\d+$/.test(amount))
    throw invalid('Invalid integer', 'parameter_invalid_integer', 'amount');
  const value = Number(amount);
  if (value > 99_999_999) throw invalid('Amount must be no more than 999,999.99', 'amount_too_large', 'amount');
  if (value < (least[currency] ?? 1)) throw invalid('Amount must be at least 50 cents', 'amount_too_small', 'amount');
  if (thousandths.includes(currency) && value % 10 !== 0)
    throw invalid('The last digit must be 0', 'parameter_invalid', 'amount');
  if (wholeByHundreds.includes(currency) && value % 100 !== 0)
    throw invalid('Decimals must be 00', 'parameter_invalid', 'amount');
  return { amount: value, currency };
}

export type Params = { [name: string]: string | Params };

/** `a[b][0]=c` as Stripe reads it. */
export function readForm(body: string): Params {
  const root: Params = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll(']', '').split('[');
    let at = root;
    for (const [index, key] of path.entries()) {
      if (index === path.length - 1) at[key] = value;
      else {
        const inner = at[key];
        const next: Params = typeof inner === 'object' ? inner : {};
        at[key] = next;
        at = next;
      }
    }
  }
  return root;
}

/** A parameter that an endpoint doesn't have is refused, not ignored. */
export function known(params: Params, names: readonly string[]): void {
  for (const name of Object.keys(params)) {
    if (!names.includes(name)) throw invalid(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
  }
}

export const textOf = (value: string | Params | undefined): string | null => (typeof value === 'string' ? value : null);
export const paramsOf = (value: string | Params | undefined): Params => (typeof value === 'object' ? value : {});
export const textsOf = (value: string | Params | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(paramsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
