import { z } from 'zod';
import { typedMoney } from '#app/domain/billing/money.ts';
import type { MoneySettings } from '#app/domain/billing/money-settings.ts';
import { checkbox, wholeNumber } from '#app/domain/people/fields.ts';

export type CreditSettings = Pick<
  MoneySettings,
  'low_credits' | 'low_credit_mails' | 'expiry_warning_days' | 'families_buy_packages'
>;

const LOW = 'Enter a number of credits, such as 2';

/** The credits' part of what is set about money, as its form sends it. */
export const creditSettingsSchema = z.object({
  /** Typed as credits, kept in hundredths. */
  low_credits: z.string(LOW).transform((text, ctx) => {
    const hundredths = typedMoney(text, 2);
    if (hundredths === undefined || hundredths < 0n || hundredths > 10_000_000n) {
      ctx.addIssue({ code: 'custom', message: LOW });
      return z.NEVER;
    }
    return Number(hundredths);
  }),
  expiry_warning_days: wholeNumber(0, 365, 'days'),
  low_credit_mails: checkbox,
  families_buy_packages: checkbox,
});
