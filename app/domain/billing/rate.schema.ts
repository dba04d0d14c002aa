import { z } from 'zod';
import { calendarDay as day, optional, optionalId, recordId } from '#app/domain/people/fields.ts';
import { comparePercent, formatDecimal, plainDecimal, typedMoney } from './money.ts';
import type { RateBasis } from './pricing.ts';

export const RATE_SIDES = ['charge', 'pay'] as const;
export const RATE_BASES = ['per_hour', 'per_session', 'percent'] as const satisfies readonly RateBasis[];
export type RateSide = (typeof RATE_SIDES)[number];

/** An exact decimal with at most four places, such as "55" or "33.33". */
const percentage = (message: string) =>
  z
    .string(message)
    .transform((text) => plainDecimal(text.replace(/%\s*$/, '')))
    .refine((text) => /^\d{1,4}(\.\d{1,4})?$/.test(text) && comparePercent(text, '1000') <= 0, message);

const percentMessage = 'Enter the tutor’s share of the fees in per cent, such as 55';
const minimumMessage = 'Enter the least amount of a session, or leave it empty';

const money = (digits: number, message: string) =>
  z.string(message).transform((text, ctx) => {
    const minor = typedMoney(text, digits);
    if (minor === undefined || minor < 0n || minor > 10_000_000_00n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return minor;
  });

const amountMessage = (digits: number) => `Enter an amount, such as ${formatDecimal(60n * 10n ** BigInt(digits), digits)}`;

/** @param digits decimals of the organisation's currency */
export const rateSchema = (digits: number) =>
  z
    .object({
      side: z.enum(RATE_SIDES, 'Choose whether clients are charged this or tutors are paid it'),
      programId: optionalId('Choose a program'),
      subjectId: optionalId('Choose a subject'),
      tutorId: optionalId('Choose a tutor'),
      studentId: optionalId('Choose a student'),
      basis: z.enum(RATE_BASES, 'Choose what the rate is by').default('per_hour'),
      amountPerHour: optional(money(digits, amountMessage(digits))),
      percent: optional(percentage(percentMessage)),
      minimum: optional(money(digits, minimumMessage)),
      note: z.string().trim().max(500, 'At most 500 characters').default(''),
      validFrom: day('Enter the first day it holds'),
      validTo: optional(day('Enter a day')),
    })
    .refine((rate) => rate.validTo === null || rate.validTo > rate.validFrom, {
      path: ['validTo'],
      message: 'The first day it no longer holds must come after the first day it holds',
    })
    .refine((rate) => rate.basis !== 'percent' || rate.side === 'pay', {
      path: ['basis'],
      message: 'A share of the fees is what a tutor is paid; a client is charged by the hour or the session',
    })
    .refine((rate) => rate.basis !== 'percent' || rate.percent !== null, { path: ['percent'], message: percentMessage })
    .refine((rate) => rate.minimum === null || rate.side === 'pay', {
      path: ['minimum'],
      message: 'A least amount is of what a tutor is paid',
    })
    .refine((rate) => rate.basis === 'percent' || rate.amountPerHour !== null, {
      path: ['amountPerHour'],
      message: amountMessage(digits),
    })
    .transform((rate) =>
      rate.basis === 'percent'
        ? { ...rate, amountPerHour: 0n }
        : { ...rate, amountPerHour: rate.amountPerHour ?? 0n, percent: null },
    );
export type RateValues = z.output<ReturnType<typeof rateSchema>>;

export interface RateChange {
  rateId: string;
  /** Minor units, where the rate is an amount. */
  amountPerHour?: bigint;
  /** Where the rate is a share of the fees. */
  percent?: string;
  /** YYYY-MM-DD, the first day of the new amount. */
  from: string;
}

/** Another amount, or another percentage where the rate is one, from a day on. */
export const rateChangeSchema = (digits: number, basis: RateBasis = 'per_hour'): z.ZodType<RateChange> => {
  const from = day('Enter the first day of the new amount');
  return basis === 'percent'
    ? z.object({ rateId: recordId, percent: percentage(percentMessage), from })
    : z.object({ rateId: recordId, amountPerHour: money(digits, amountMessage(digits)), from });
};

export const rateEndSchema = z.object({ rateId: recordId, validTo: day('Enter the first day it no longer holds') });
export type RateEnd = z.output<typeof rateEndSchema>;
