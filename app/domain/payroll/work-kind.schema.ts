import { z } from 'zod';
import { formatDecimal, typedMoney } from '#app/domain/billing/money.ts';
import { requiredText } from '#app/domain/people/fields.ts';

/** An amount for an hour as a form sends it; empty is none. @param digits decimals of the currency */
export const hourlyAmount = (digits: number) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, ctx) => {
      if (text === '') return null;
      const amount = typedMoney(text, digits);
      if (amount === undefined || amount < 0n || amount > 10_000_000_00n) {
        const example = formatDecimal(15n * 10n ** BigInt(digits), digits);
        ctx.addIssue({ code: 'custom', message: `Enter an amount for an hour, such as ${example}` });
        return z.NEVER;
      }
      return amount;
    });

export const workKindSchema = (digits: number) =>
  z.object({ name: requiredText('Enter a name, such as Staff meeting', 80), amountPerHour: hourlyAmount(digits) });
export type WorkKindValues = z.output<ReturnType<typeof workKindSchema>>;
