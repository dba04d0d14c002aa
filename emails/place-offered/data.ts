import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { shortSpan } from '../format.ts';

export const schema = z.object({
  ...envelope,
  student: line(),
  /** The group's, the session's or the course's name. */
  what: line(),
  /** Of one session, when it is; of a course or a series, when it goes on. */
  next: z.object({ startsAt: instant, endsAt: instant }).nullable(),
  several: z.boolean(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Grace Okafor', address: 'grace@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/places/1',
  student: 'Oliver Okafor',
  what: 'SAT course',
  next: { startsAt: '2026-11-28T15:00:00Z', endsAt: '2026-11-28T16:30:00Z' },
  several: true,
};

export function view(data: z.output<typeof schema>) {
  const { next, zone, locale, student, what, several } = data;
  return {
    heading: 'A place is free',
    preview: `${student}: ${what}`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `${student} is on the waiting list for ${what}, and a place is free now.`,
    student,
    what,
    whenLabel: several ? 'From' : 'When',
    when: next ? shortSpan(new Date(next.startsAt), new Date(next.endsAt), zone, locale) : '',
    firm: 'It is yours once you take it on the page below. Until then somebody else may be given it.',
    action: 'See the place and answer',
    why: `You get this mail because ${student} waits for a place at ${data.company.name}.`,
  };
}
