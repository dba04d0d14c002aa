import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, money, periodOf } from '../format.ts';
import type { MailWords } from '../words.ts';

/** To a tutor whose pay is approved, or paid. */
export const schema = z.object({
  ...envelope,
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The day the money went out; null: it is approved, not paid. */
  paidOn: day.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/pay/0198',
  from: '2026-10-01',
  to: '2026-11-01',
  total: '56826',
  currency: 'USD',
  paidOn: null,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { locale } = data;
  const company = data.company.name;
  const period = periodOf(data.from, data.to, locale);
  const total = money(BigInt(data.total), data.currency, locale);
  const paid = data.paidOn === null ? '' : calendarDay(data.paidOn, locale);
  return {
    heading: t('heading'),
    preview: t('preview', { total, period }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t(paid ? 'intro_paid' : 'intro', { period, paid }),
    action: t('action'),
    period,
    total,
    paid,
    subjectLine: t('subject_line', { company, total }),
    why: t('why', { company }),
  };
}
