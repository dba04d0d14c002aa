import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay, credits } from '../format.ts';
import type { MailWords } from '../words.ts';

/** Credits that are about to expire, told once. */

export const schema = z.object({
  ...envelope,
  packages: z
    .array(
      z.object({
        name: line(120),
        /** Hundredths of a credit that no lesson holds, as a string of digits. */
        left: z.string().regex(/^\d+$/),
        /** The last day whose lessons they serve. */
        lastDay: day,
      }),
    )
    .min(1)
    .max(50),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/credits',
  packages: [{ name: 'Ten lessons', left: '300', lastDay: '2026-12-09' }],
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const lines = data.packages.map((one) => ({
    name: one.name,
    text: t('line', { credits: credits(BigInt(one.left), data.locale), day: calendarDay(one.lastDay, data.locale) }),
  }));
  return {
    heading: t('heading'),
    preview: lines.map((one) => one.text).join('; '),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro'),
    lines,
    action: t('action'),
    why: t('why', { company: data.company.name }),
  };
}
