import { z } from 'zod';
import { day, envelope, instant, line } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

/** To a family about its money: received, soon to be taken from a card, not taken, given back. */
export const schema = z.object({
  ...envelope,
  about: z.enum(['received', 'coming', 'failed', 'given_back']),
  /** Minor units, as a string of digits. */
  amount: z.string().regex(/^\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Of received and given back: the day. */
  on: day.nullable(),
  /** Of coming, and of failed where it is tried again: when. */
  at: instant.nullable(),
  /** "Visa, ending in 4242", "Bank transfer". */
  how: line(200),
  /** The invoices it is for. */
  invoices: z.array(line(60)).max(50),
  /** Of failed and given back: why. */
  reason: line(1000),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/payments',
  about: 'received',
  amount: '33499',
  currency: 'USD',
  on: '2026-11-15',
  at: null,
  how: 'Visa, ending in 4242',
  invoices: ['MB-2026-0042'],
  reason: '',
};

export function view(data: z.output<typeof schema>) {
  const { about, on, at, how, locale, zone, company } = data;
  const amount = money(BigInt(data.amount), data.currency, locale);
  const when = at
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at))
    : '';
  const invoices = data.invoices.join(', ');
  const words = {
    received: {
      heading: `Thank you: we received ${amount}`,
      intro: `We received ${amount}. This mail is your receipt.`,
      action: 'See your payments',
    },
    coming: {
      heading: `${amount} will be taken from your card`,
      intro: `As agreed, we take ${amount} from your card on ${when}. There is nothing for you to do. You can pay in another way before, or stop it, on the page of your payments.`,
      action: 'See your payments',
    },
    failed: {
      heading: `${amount} could not be taken from your card`,
      intro: when
        ? `We could not take ${amount} from your card. We try again on ${when}; you can also pay now in another way.`
        : `We could not take ${amount} from your card, and won’t try again by ourselves. Please pay in another way, or save another card.`,
      action: 'Pay now',
    },
    given_back: {
      heading: `We gave back ${amount}`,
      intro: `We gave back ${amount} of what you paid. With a card it can take some days until you see it.`,
      action: 'See your payments',
    },
  }[about];
  return {
    ...words,
    preview: invoices ? `For ${invoices}.` : words.heading,
    greeting: `Hello ${data.recipient.name},`,
    amount,
    day: on === null ? '' : calendarDay(on, locale),
    how,
    invoices,
    reason: data.reason,
    why: `You get this mail because lessons at ${company.name} are billed to you.`,
  };
}
