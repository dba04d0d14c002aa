import { z } from 'zod';
import { plainDecimal } from '#app/domain/billing/money.ts';

/** What an administrator sets about documents. Browser-safe. */

export const wordsSchema = z.object({
  payment_instructions: z.string().trim().max(2000, 'Enter at most 2,000 characters'),
  terms: z.string().trim().max(4000, 'Enter at most 4,000 characters'),
});

export const taxRateSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name, such as VAT 20 %').max(60, 'Enter at most 60 characters'),
  percent: z
    .string()
    .trim()
    .transform(plainDecimal)
    .refine(
      (text) => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100,
      'Enter a percentage from 0 to 100, such as 20 or 8.875',
    ),
});

export const numberSeriesSchema = z
  .object({
    series: z.enum(['invoice', 'credit_note']),
    prefix: z
      .string()
      .trim()
      .max(20, 'Enter at most 20 characters')
      .regex(/^([\p{L}\p{N}/._ -]|\{year\})*$/u, 'Use letters, digits, - / . _ and {year} only'),
    digits: z.coerce
      .number('Enter how many digits')
      .int('Enter a whole number')
      .min(1, 'Enter 1 or more')
      .max(12, 'Enter at most 12'),
    yearly: z.union([z.boolean(), z.literal('on').transform(() => true)]).default(false),
  })
  .refine((series) => !series.yearly || series.prefix.includes('{year}'), {
    path: ['prefix'],
    message: 'Numbers that begin anew each year need {year} in front, or two would be the same',
  });
