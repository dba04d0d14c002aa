import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, dayBefore, money, periodOf } from '../format.ts';
import type { MailWords } from '../words.ts';

export const schema = z.object({
  ...envelope,
  /** Whose statement is attached. */
  clientId: z.uuid(),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Owed at the end, minor units, as a string of digits; below 0: paid ahead. */
  closing: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łucja Žižek', address: 'lucja@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/statement',
  clientId: '01936f2e-1111-7000-8000-000000000001',
  from: '2026-11-01',
  to: '2026-12-01',
  closing: '24000',
  currency: 'USD',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { locale } = data;
  const company = data.company.name;
  const period = periodOf(data.from, data.to, locale);
  const closing = BigInt(data.closing);
  const amount = money(closing < 0n ? -closing : closing, data.currency, locale);
  const state = t(closing > 0n ? 'state_due' : closing < 0n ? 'state_ahead' : 'state_paid');
  return {
    heading: t('heading'),
    preview: closing === 0n ? `${state}.` : `${state}: ${amount}.`,
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { first: calendarDay(data.from, locale), until: calendarDay(dayBefore(data.to), locale) }),
    action: t('action'),
    period,
    state,
    amount: closing === 0n ? '' : amount,
    subjectLine: t('subject_line', { company, period }),
    why: t('why_billed', { company }),
  };
}
