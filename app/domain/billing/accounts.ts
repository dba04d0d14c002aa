/** The chart of accounts: one constructor per account, so that a code is spelled once. */

export const CREDIT = 'CREDIT';

export interface AccountSpec {
  code: string;
  kind: 'asset' | 'liability' | 'income' | 'expense' | 'equity';
  /** ISO 4217 of the organisation, or CREDIT (hundredths). */
  commodity: string;
  clientId?: string;
  tutorId?: string;
}

interface Party {
  id: string;
  ref: string;
}

/** A reference may hold what an account's name can't: such a character is written as its number, so that no two meet. */
const segment = (ref: string) =>
  ref.replace(/[^\p{L}\p{N}.-]/gu, (sign) => (sign === '_' ? '__' : `_${sign.codePointAt(0)?.toString(16)}_`));

export const accounts = {
  /** Invoiced and not paid. */
  receivable: (client: Party, currency: string): AccountSpec => ({
    code: `assets:receivable:${segment(client.ref)}`,
    kind: 'asset',
    commodity: currency,
    clientId: client.id,
  }),
  /** Settled and not yet invoiced. */
  unbilled: (client: Party, currency: string): AccountSpec => ({
    code: `assets:unbilled:${segment(client.ref)}`,
    kind: 'asset',
    commodity: currency,
    clientId: client.id,
  }),
  /** Paid through a gateway, and with it until it pays out to the bank. */
  gateway: (pluginId: string, currency: string): AccountSpec => ({
    code: `assets:gateway:${segment(pluginId)}`,
    kind: 'asset',
    commodity: currency,
  }),
  bank: (currency: string): AccountSpec => ({ code: 'assets:bank', kind: 'asset', commodity: currency }),
  tuition: (currency: string): AccountSpec => ({ code: 'income:tuition', kind: 'income', commodity: currency }),
  /** Of packages, as their credits are used or expire. */
  packages: (currency: string): AccountSpec => ({ code: 'income:packages', kind: 'income', commodity: currency }),
  /** Charged for packages whose credits are still to be taught. */
  deferred: (client: Party, currency: string): AccountSpec => ({
    code: `liabilities:deferred:${segment(client.ref)}`,
    kind: 'liability',
    commodity: currency,
    clientId: client.id,
  }),
  /** Fees of billing modes that are paid by the period. */
  subscriptions: (currency: string): AccountSpec => ({ code: 'income:subscriptions', kind: 'income', commodity: currency }),
  /** Lines written by hand: books, an exam's fee. */
  extras: (currency: string): AccountSpec => ({ code: 'income:extras', kind: 'income', commodity: currency }),
  /** What was given away of what was earned; a debit among the income. */
  discounts: (currency: string): AccountSpec => ({ code: 'income:discounts', kind: 'income', commodity: currency }),
  /** What was earned and is given up. */
  writeOffs: (currency: string): AccountSpec => ({ code: 'expenses:write-offs', kind: 'expense', commodity: currency }),
  /** For paying late. */
  fees: (currency: string): AccountSpec => ({ code: 'income:fees', kind: 'income', commodity: currency }),
  /** Invoiced, not paid, and given up. */
  badDebts: (currency: string): AccountSpec => ({ code: 'expenses:bad-debts', kind: 'expense', commodity: currency }),
  tax: (currency: string): AccountSpec => ({ code: 'liabilities:tax', kind: 'liability', commodity: currency }),
  payable: (tutor: Party, currency: string): AccountSpec => ({
    code: `liabilities:pay:${segment(tutor.ref)}`,
    kind: 'liability',
    commodity: currency,
    tutorId: tutor.id,
  }),
  wages: (currency: string): AccountSpec => ({ code: 'expenses:wages', kind: 'expense', commodity: currency }),
  mileage: (currency: string): AccountSpec => ({ code: 'expenses:mileage', kind: 'expense', commodity: currency }),
  adjustments: (currency: string): AccountSpec => ({ code: 'expenses:adjustments', kind: 'expense', commodity: currency }),

  creditsIssued: (): AccountSpec => ({ code: 'credits:issued', kind: 'equity', commodity: CREDIT }),
  /** What is left of a lot: available. */
  creditLot: (client: Party, lotRef: string): AccountSpec => ({
    code: `credits:${segment(client.ref)}:lot:${segment(lotRef)}`,
    kind: 'asset',
    commodity: CREDIT,
    clientId: client.id,
  }),
  /** What was booked beyond every lot: below zero, and part of available. */
  creditOverdraft: (client: Party): AccountSpec => creditAccount(client, 'overdraft', 'asset'),
  creditBooked: (client: Party): AccountSpec => creditAccount(client, 'booked', 'asset'),
  creditUsed: (client: Party): AccountSpec => creditAccount(client, 'used', 'expense'),
  creditExpired: (client: Party): AccountSpec => creditAccount(client, 'expired', 'expense'),
};

function creditAccount(client: Party, name: string, kind: AccountSpec['kind']): AccountSpec {
  return { code: `credits:${segment(client.ref)}:${name}`, kind, commodity: CREDIT, clientId: client.id };
}
