import { z } from 'zod';
import { plainDecimal } from '#app/domain/billing/money.ts';

/** A step of reminders as its form sends it; the fee is read by the currency. Browser-safe. */
export const reminderStepSchema = z.object({
  daysAfterDue: z.coerce
    .number('Enter a number of days')
    .int('Enter whole days')
    .min(-30, 'Enter -30 or more')
    .max(365, 'Enter at most 365'),
  subject: z.string().trim().min(1, 'Enter what the mail is about').max(150, 'Enter at most 150 characters'),
  text: z.string().trim().max(2000, 'Enter at most 2,000 characters'),
  feePercent: z
    .string()
    .trim()
    .transform((text) => (text === '' ? '0' : plainDecimal(text)))
    .refine((text) => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100, 'Enter a percentage from 0 to 100'),
});
