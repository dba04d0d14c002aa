import { z } from 'zod';
import { envelope, line } from '../fields.ts';
import { credits, money } from '../format.ts';

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

export function view(data: z.output<typeof schema>) {
  const available = BigInt(data.available);
  const left = credits(available, data.locale);
  const { toppedUp } = data;
  const heading = toppedUp
    ? `${toppedUp.name} added to your credits`
    : available < 0n
      ? 'Your credits are used up'
      : 'Your credits run low';
  return {
    heading,
    preview: toppedUp
      ? `${left} credits are available now.`
      : available < 0n
        ? `${left} credits: a package is due.`
        : `${left} credits are left.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: introOf(data, left),
    action: !toppedUp && data.canBuy ? 'Buy a package' : 'See your credits',
    why: `You get this mail because you book lessons at ${data.company.name} with credits.`,
  };
}

function introOf({ available, toppedUp, canBuy, locale }: z.output<typeof schema>, left: string): string {
  if (toppedUp) {
    const price = money(BigInt(toppedUp.price), toppedUp.currency, locale);
    return `Your credits ran low, so we added “${toppedUp.name}”, as agreed with you. ${left} credits are available now. ${price} plus any tax comes on your next invoice.`;
  }
  const state =
    BigInt(available) < 0n
      ? `You have booked more than you bought: ${left} credits.`
      : `${left} credits are left for new lessons.`;
  return `${state} ${canBuy ? 'With another package you can go on booking.' : 'Talk to us about another package, so that you can go on booking.'}`;
}
