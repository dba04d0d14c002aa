import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay } from '../format.ts';
import type { MailWords } from '../words.ts';

/** What the office found of a paper that a tutor sent in. */

export const schema = z.object({
  ...envelope,
  what: line(),
  accepted: z.boolean(),
  /** The last day on which it is good; null: for ever. */
  until: day.nullable(),
  note: line(500).nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/documents',
  what: 'Background check',
  accepted: false,
  until: '2027-11-30',
  note: 'The second page is missing',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { accepted, what } = data;
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: t(accepted ? 'heading_accepted' : 'heading_refused', { what }),
    preview: data.note ?? what,
    intro: t(accepted ? 'intro_accepted' : 'intro_refused'),
    until: accepted && data.until ? calendarDay(data.until, data.locale) : '',
    note: data.note ?? '',
    action: t('action'),
    why: t('why_teach', { company: data.company.name }),
  };
}
