import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, dayBefore, money, periodOf } from '../format.ts';
import type { MailWords } from '../words.ts';

export const schema = z.object({
  ...envelope,
  /** Whose planned lessons are attached. */
  clientId: z.uuid(),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  lessons: z.int().min(1),
  /** With tax, minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łucja Žižek', address: 'lucja@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions',
  clientId: '01936f2e-1111-7000-8000-000000000001',
  from: '2026-12-01',
  to: '2027-01-01',
  lessons: 8,
  total: '48000',
  currency: 'USD',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { locale } = data;
  const company = data.company.name;
  const first = calendarDay(data.from, locale);
  const until = calendarDay(dayBefore(data.to), locale);
  const total = money(BigInt(data.total), data.currency, locale);
  return {
    heading: t('heading'),
    preview: t('preview', { total, first, until }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { first, until }),
    action: t('action'),
    period: periodOf(data.from, data.to, locale),
    lessons: String(data.lessons),
    total,
    subjectLine: t('subject_line', { company, total }),
    why: t('why_billed', { company }),
  };
}
