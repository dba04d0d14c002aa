import { z } from 'zod';
import { plainDecimal, typedMoney } from '#app/domain/billing/money.ts';
import { outcomes } from '#app/domain/billing/outcomes.ts';
import { recordId } from '#app/domain/people/fields.ts';

const byHand = (digits: number) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, ctx) => {
      if (text === '') return null;
      const minor = typedMoney(text, digits);
      if (minor === undefined || minor < 0n) {
        ctx.addIssue({ code: 'custom', message: 'Enter an amount for an hour, or leave it empty for the rates' });
        return z.NEVER;
      }
      return minor;
    });

const minutes = z
  .string()
  .trim()
  .transform((text, ctx) => {
    if (text === '') return null;
    if (!/^\d{1,4}$/.test(text) || Number(text) > 1440) {
      ctx.addIssue({ code: 'custom', message: 'Enter whole minutes, at most a day' });
      return z.NEVER;
    }
    return Number(text);
  });

const flag = z
  .string()
  .optional()
  .transform((value) => value === 'yes');

/** @param digits decimals of the organisation's currency */
export const correctionSchema = (digits: number) =>
  z.object({
    sessionId: recordId,
    version: z.coerce.number().int(),
    outcomes: z
      .record(z.uuid(), z.enum(outcomes, 'Choose what took place'))
      .default({})
      .transform((said) => Object.entries(said).map(([studentId, outcome]) => ({ studentId, outcome }))),
    actualMinutes: minutes.default(null),
    // Only where the session's rules tell the two apart does the form have it.
    paidMinutes: minutes.optional(),
    miles: z
      .string()
      .trim()
      .default('')
      .transform(plainDecimal)
      .refine((text) => text === '' || /^\d{1,5}(\.\d{1,4})?$/.test(text), 'Enter miles such as 7.5')
      .transform((text) => text || null),
    billable: flag,
    chargeRate: byHand(digits),
    payRate: byHand(digits),
    reprice: flag,
    reason: z
      .string()
      .trim()
      .min(1, 'Say what is corrected and why; it stands on the credit note')
      .max(500, 'At most 500 characters'),
  });
