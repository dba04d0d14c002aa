import { z } from 'zod';
import { optional, optionalId, recordId } from '#app/domain/people/fields.ts';
import { formatDecimal, parseMoney } from './money.ts';

export const RATE_SIDES = ['charge', 'pay'] as const;
export type RateSide = (typeof RATE_SIDES)[number];

/** A day as `YYYY-MM-DD`, of the calendar. */
const day = (message: string) =>
  z
    .string(message)
    .trim()
    .regex(/^\d{4}-\d{2}-\d{2}$/, message)
    .refine((text) => {
      const date = new Date(`${text}T00:00:00Z`);
      return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    }, 'That day is not in the calendar');

const amount = (digits: number) => {
  const example = formatDecimal(60n * 10n ** BigInt(digits), digits);
  const message = `Enter an amount for an hour, such as ${example}`;
  return z.string(message).transform((text, ctx) => {
    const minor = parseMoney(text.trim().replace(',', '.'), digits);
    if (minor === undefined || minor < 0n || minor > 10_000_000_00n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return minor;
  });
};

/** @param digits decimals of the organisation's currency */
export const rateSchema = (digits: number) =>
  z
    .object({
      side: z.enum(RATE_SIDES, 'Choose whether clients are charged this or tutors are paid it'),
      programId: optionalId('Choose a program'),
      subjectId: optionalId('Choose a subject'),
      tutorId: optionalId('Choose a tutor'),
      studentId: optionalId('Choose a student'),
      amountPerHour: amount(digits),
      validFrom: day('Enter the first day it holds'),
      validTo: optional(day('Enter a day')),
    })
    .refine((rate) => rate.validTo === null || rate.validTo > rate.validFrom, {
      path: ['validTo'],
      message: 'The first day it no longer holds must come after the first day it holds',
    });
export type RateValues = z.output<ReturnType<typeof rateSchema>>;

export const rateChangeSchema = (digits: number) =>
  z.object({ rateId: recordId, amountPerHour: amount(digits), from: day('Enter the first day of the new amount') });
export type RateChange = z.output<ReturnType<typeof rateChangeSchema>>;

export const rateEndSchema = z.object({ rateId: recordId, validTo: day('Enter the first day it no longer holds') });
export type RateEnd = z.output<typeof rateEndSchema>;
