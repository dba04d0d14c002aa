import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { money, periodOf } from '../format.ts';
import type { MailWords } from '../words.ts';

/** An invoice run waits for an administrator: to be confirmed by a second person, or prepared by a schedule. */

export const schema = z.object({
  ...envelope,
  why: z.enum(['second_person', 'schedule', 'blocked']),
  from: day,
  /** Half-open: the first day that is not in it. */
  to: day,
  families: z.int().nonnegative(),
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Places that can't be billed yet. */
  blocked: z.int().nonnegative(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/office/invoice-runs/proposals/0198',
  why: 'second_person',
  from: '2026-10-01',
  to: '2026-11-01',
  families: 42,
  total: '1233499',
  currency: 'USD',
  blocked: 0,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { why, blocked, locale } = data;
  const run = t('run', {
    count: data.families,
    total: money(BigInt(data.total), data.currency, locale),
    period: periodOf(data.from, data.to, locale),
  });
  return {
    heading: t(`heading_${why}`),
    preview: run,
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t(why === 'schedule' && blocked > 0 ? 'intro_schedule_blocked' : `intro_${why}`, { run, blocked }),
    action: t('action'),
    why: t('why_admin', { company: data.company.name }),
  };
}
