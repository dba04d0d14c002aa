import { z } from 'zod';
import { envelope, line } from '../fields.ts';
import { credits, money } from '../format.ts';
import type { MailWords } from '../words.ts';

/** A family's credits run low; said once until there are enough again. */

export const schema = z.object({
  ...envelope,
  /** Hundredths of a credit, as a string of digits. */
  available: z.string().regex(/^-?\d+$/),
  /** A package that was added by itself; null: none was. */
  toppedUp: z
    .object({
      name: line(80),
      /** Net, minor units. */
      price: z.string().regex(/^\d+$/),
      currency: z.string().regex(/^[A-Z]{3}$/),
    })
    .nullable(),
  /** The family can buy a package itself. */
  canBuy: z.boolean(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/credits',
  available: '150',
  toppedUp: null,
  canBuy: true,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const available = BigInt(data.available);
  const left = credits(available, data.locale);
  const { toppedUp, canBuy } = data;
  const state = available < 0n ? 'used' : 'low';
  const price = toppedUp ? money(BigInt(toppedUp.price), toppedUp.currency, data.locale) : '';
  return {
    heading: toppedUp ? t('heading_topped', { name: toppedUp.name }) : t(`heading_${state}`),
    preview: t(toppedUp ? 'preview_topped' : `preview_${state}`, { left }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: toppedUp
      ? t('intro_topped', { name: toppedUp.name, left, price })
      : `${t(`state_${state}`, { left })} ${t(canBuy ? 'buy' : 'talk')}`,
    action: t(!toppedUp && canBuy ? 'action_buy' : 'action'),
    why: t('why', { company: data.company.name }),
  };
}
