import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay } from '../format.ts';

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

export function view(data: z.output<typeof schema>) {
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading: data.accepted ? `${data.what}: accepted` : `${data.what}: not accepted`,
    preview: data.note ?? data.what,
    intro: data.accepted
      ? 'The office has checked what you sent in, and it is in order.'
      : 'The office has checked what you sent in, and can’t accept it. Please send it in again.',
    until: data.accepted && data.until ? calendarDay(data.until, data.locale) : '',
    note: data.note ?? '',
    action: 'See your documents',
    why: `You get this mail because you teach at ${data.company.name}.`,
  };
}
