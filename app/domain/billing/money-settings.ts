import { z } from 'zod';

/**
 * What an administrator sets about money beside the policies: `organisation.money`. Every key has its default, so that a
 * company that never opened these pages has sensible ones, and a new key needs no migration. Browser-safe.
 */
const shape = {
  // Invoice runs
  /** A run is put together by one administrator and confirmed by another. */
  second_person: z.boolean().default(false),
  /** A family's invoice of more than so many times its usual is pointed out. */
  unusual_factor: z.coerce.number('Enter a number, such as 2').min(1, 'Enter 1 or more').max(100, 'Enter at most 100').default(2),

  // Documents
  terms: z.string().max(4000, 'Enter at most 4,000 characters').default(''),
  payment_instructions: z.string().max(2000, 'Enter at most 2,000 characters').default(''),
  reminders: z.boolean().default(false),

  // Credits
  low_credit_mails: z.boolean().default(true),
  /** Hundredths of a credit. */
  low_credits: z.coerce.number('Enter a number of credits').int().min(0).max(10_000_000).default(200),
  expiry_warning_days: z.coerce.number('Enter a number of days').int('Enter whole days').min(0).max(365).default(14),
  families_buy_packages: z.boolean().default(false),

  // Payments
  /** Hours from issuing an invoice until it is taken from a saved card. */
  auto_charge_delay_hours: z.coerce.number('Enter a number of hours').int('Enter whole hours').min(0).max(720).default(48),

  // Pay
  /** A session is paid once the invoices of its places are. */
  pay_when_paid: z.boolean().default(false),
  /** A tutor's pay of more than so many times the usual is pointed out. */
  unusual_pay_factor: z.coerce
    .number('Enter a number, such as 2')
    .min(1, 'Enter 1 or more')
    .max(100, 'Enter at most 100')
    .default(2),
  /** More hours of a tutor in one week are pointed out. */
  pay_hours_a_week: z.coerce
    .number('Enter a number of hours')
    .int('Enter whole hours')
    .min(1, 'Enter 1 or more')
    .max(168, 'A week has 168 hours')
    .default(50),
  /** When tutors are mailed their statements. */
  pay_statement_mail: z.enum(['approved', 'paid', 'never'], 'Choose when').default('approved'),
};

export const moneySettingsSchema = z.object(shape);
export type MoneySettings = z.output<typeof moneySettingsSchema>;

/** The stored settings with everything that is missing filled in; throws a ZodError for what is no setting. */
export function readMoneySettings(stored: unknown): MoneySettings {
  return moneySettingsSchema.parse(stored ?? {});
}
