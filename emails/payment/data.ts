import { z } from 'zod';
import { day, envelope, instant, line } from '../fields.ts';
import { calendarDay, money } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { about, on, at, how, locale, zone } = data;
  const amount = money(BigInt(data.amount), data.currency, locale);
  const when = at
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at))
    : '';
  const invoices = data.invoices.join(', ');
  const heading = t(`heading_${about}`, { amount });
  return {
    heading,
    intro: t(about === 'failed' && when ? 'intro_failed_again' : `intro_${about}`, { amount, when }),
    action: t(about === 'failed' ? 'action_failed' : 'action'),
    preview: invoices ? t('preview_for', { invoices }) : heading,
    greeting: t('greeting', { name: data.recipient.name }),
    amount,
    day: on === null ? '' : calendarDay(on, locale),
    how,
    invoices,
    reason: data.reason,
    why: t('why_billed', { company: data.company.name }),
  };
}
