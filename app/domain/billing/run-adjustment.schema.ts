import { z } from 'zod';
import { calendarDay, optional, optionalId, recordId } from '#app/domain/people/fields.ts';
import { formatDecimal, parseDecimal, plainDecimal, typedMoney } from './money.ts';

const amountOf = (digits: number) => {
  const message = `Enter an amount above 0, such as ${formatDecimal(25n * 10n ** BigInt(digits), digits)}`;
  return z.string(message).transform((text, ctx) => {
    const minor = typedMoney(text, digits);
    if (minor === undefined || minor <= 0n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return minor;
  });
};

const percentOf = (message: string, { zero = false } = {}) =>
  z.string(message).transform((text, ctx) => {
    const given = plainDecimal(text.replace('%', ''));
    const parsed = parseDecimal(given);
    const within = parsed && parsed.digits <= 100n * parsed.scale && (parsed.digits > 0n || (zero && parsed.digits === 0n));
    if (!within || parsed.scale > 10_000n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return given;
  });

const day = calendarDay('Enter a day');

const words = (message: string) => z.string(message).trim().min(1, message).max(200, 'Keep it under 200 characters');

/** Made by the page that shows the form, so that a form sent twice adds one line. */
const requestId = recordId;

/** @param digits decimals of the organisation's currency */
export const extraLineSchema = (digits: number) =>
  z.object({
    requestId,
    clientId: recordId,
    description: words('Say what it is for; it stands on the invoice'),
    amount: amountOf(digits),
    taxPercent: z.preprocess(
      (value) => (typeof value === 'string' && value.trim() === '' ? '0' : (value ?? '0')),
      percentOf('Enter a percentage from 0 to 100', { zero: true }),
    ),
    localDate: day,
    studentId: optionalId('Choose a student'),
    programId: optionalId('Choose a program'),
  });
export type ExtraLine = z.output<ReturnType<typeof extraLineSchema>>;

/** An amount, or a percentage: one of the two. */
export const discountSchema = (digits: number) =>
  z
    .object({
      requestId,
      clientId: recordId,
      /** A line it is about; null: all that the family's next invoice bills. */
      chargeId: optionalId('Choose a line'),
      amount: optional(amountOf(digits)),
      percent: optional(percentOf('Enter a percentage above 0, up to 100')),
      reason: words('Say why; it stands on the invoice'),
    })
    .refine((input) => (input.amount === null) !== (input.percent === null), {
      path: ['percent'],
      message: 'Enter an amount or a percentage, one of the two',
    });
export type Discount = z.output<ReturnType<typeof discountSchema>>;

export const writeOffSchema = z.object({ chargeId: recordId, reason: words('Say why; it stands on the invoice') });
export type WriteOff = z.output<typeof writeOffSchema>;

export const holdSchema = z.object({ clientId: recordId, reason: words('Say why the family waits') });
