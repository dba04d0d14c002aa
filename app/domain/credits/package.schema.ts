import { z } from 'zod';
import { formatDecimal, plainDecimal, typedMoney } from '#app/domain/billing/money.ts';
import { shortestDecimal } from '#app/domain/organisation/policy.schema.ts';
import {
  checkbox,
  freeText,
  optional,
  optionalId,
  recordId,
  requiredText,
  version,
  wholeNumber,
} from '#app/domain/people/fields.ts';
import type { CreditUnit } from './credit-unit.ts';

const quantity = (unit: CreditUnit) => {
  const message = unit.per === 'session' ? 'Enter a number of sessions, such as 10' : 'Enter a number of hours, such as 10';
  return z.string(message).transform((text, ctx) => {
    const hundredths = typedMoney(text, 2);
    const credits = hundredths === undefined ? undefined : hundredths * unit.hundredths;
    if (credits === undefined || credits <= 0n || credits % 100n !== 0n || credits > 10_000_000_000n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return credits / 100n;
  });
};

const price = (digits: number) => {
  const message = `Enter a price, such as ${formatDecimal(400n * 10n ** BigInt(digits), digits)}; 0 where it is free`;
  return z.string(message).transform((text, ctx) => {
    const minor = typedMoney(text, digits);
    if (minor === undefined || minor < 0n) {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return minor;
  });
};

const fields = (digits: number, unit: CreditUnit) =>
  z.object({
    name: requiredText('Enter a name, as it stands on the invoice', 80),
    description: freeText(500),
    /** Hundredths of a credit; typed as sessions or hours. */
    credits: quantity(unit),
    price: price(digits),
    taxPercent: z
      .string()
      .trim()
      .default('0')
      .transform((text) => (text === '' ? '0' : plainDecimal(text)))
      .refine((text) => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100, 'Enter a percentage from 0 to 100')
      .transform(shortestDecimal),
    programId: optionalId('Choose a program'),
    perStudent: checkbox,
    validDays: optional(wholeNumber(1, 3660, 'days')),
    inStorefront: checkbox,
  });

/** @param digits decimals of the organisation's currency */
export const packageSchema = (digits: number, unit: CreditUnit) => fields(digits, unit);
export type PackageValues = z.output<ReturnType<typeof packageSchema>>;

export const packageEditSchema = (digits: number, unit: CreditUnit) => fields(digits, unit).extend({ id: recordId, version });
export type PackageEdit = z.output<ReturnType<typeof packageEditSchema>>;
