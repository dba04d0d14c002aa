import { z } from 'zod';
import { parseDecimal, parseMoney, plainDecimal } from '#app/domain/billing/money.ts';
import type { RateChangeInput } from '#app/domain/billing/rate-change.ts';
import { isId } from '#app/domain/is-id.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

const id = z
  .string()
  .default('')
  .transform((text) => (isId(text) ? text : undefined));

/** The form of a change of many rates, in the address and when it is done. @param digits decimals of the currency */
export const changeSchema = (digits: number): z.ZodType<RateChangeInput> =>
  z
    .object({
      from: z.string('Choose the first day of the new amounts').refine(isLocalDate, 'Choose the first day of the new amounts'),
      by: z.enum(['percent', 'amount']).default('percent'),
      value: z.string('Enter by how much').trim().default(''),
      roundTo: z.enum(['1', '5', '10', '50', '100', '500']).default('1'),
      side: z.enum(['charge', 'pay', '']).default('charge'),
      programId: id,
      subjectId: id,
      tutorId: id,
      studentId: id,
      reprice: z
        .string()
        .optional()
        .transform((value) => value === 'yes'),
    })
    .transform(({ by, value, roundTo, side, ...rest }, ctx) => {
      const text = plainDecimal(value.replace(/%\s*$/, '')).replace(/^\+/, '');
      const percent = by === 'percent' && /^-?\d{1,3}(\.\d{1,4})?$/.test(text) && parseDecimal(text) ? text : null;
      const amount = by === 'amount' ? (parseMoney(text, digits) ?? null) : null;
      if (percent === null && amount === null) {
        const message =
          by === 'percent' ? 'Enter a percentage such as 4.5, or -3 to lower' : 'Enter an amount such as 2.50, or -1 to lower';
        ctx.addIssue({ code: 'custom', path: ['value'], message });
        return z.NEVER;
      }
      return { ...rest, rise: { percent, amount, roundTo: BigInt(roundTo) }, sides: side === '' ? ['charge', 'pay'] : [side] };
    });
