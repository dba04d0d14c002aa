import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay, money, periodOf } from '../format.ts';
import type { MailWords } from '../words.ts';

export const schema = z.object({
  ...envelope,
  number: line(60),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  dueOn: day.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/invoices/0198',
  number: 'MB-2026-0042',
  from: '2026-10-01',
  to: '2026-11-01',
  total: '33499',
  currency: 'USD',
  dueOn: '2026-11-15',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { number, locale } = data;
  const company = data.company.name;
  const period = periodOf(data.from, data.to, locale);
  const total = money(BigInt(data.total), data.currency, locale);
  return {
    heading: t('heading', { number }),
    preview: t('preview', { total, period }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { period }),
    action: t('action'),
    number,
    period,
    total,
    due: data.dueOn === null ? '' : calendarDay(data.dueOn, locale),
    subjectLine: t('subject_line', { number, company, total }),
    why: t('why_billed', { company }),
  };
}
