import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { shortSpan } from '../format.ts';

export const schema = z.object({
  ...envelope,
  student: line(),
  lesson: line(),
  tutor: line(),
  startsAt: instant,
  endsAt: instant,
  /** From so many minutes before the start the link opens the room. */
  openMinutes: z.int().nonnegative(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/join/AbC',
  student: 'Oliver Whitfield',
  lesson: 'Algebra II',
  tutor: 'Łukasz Nowak',
  startsAt: '2026-11-24T21:00:00Z',
  endsAt: '2026-11-24T22:00:00Z',
  openMinutes: 10,
};

export function view(data: z.output<typeof schema>) {
  const { student, lesson, tutor, zone, locale, openMinutes } = data;
  const when = shortSpan(new Date(data.startsAt), new Date(data.endsAt), zone, locale);
  const before = openMinutes === 1 ? 'a minute' : `${openMinutes} minutes`;
  return {
    heading: 'Your way into the session',
    preview: `${lesson}, ${when}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `With this link ${student} joins the session online, without an account.`,
    student,
    lesson,
    tutor,
    when,
    firm: `${openMinutes === 0 ? 'The room opens at the start.' : `The room opens ${before} before the start.`} The link is for ${student} and this session alone: please don’t pass it on.`,
    action: 'Join the session',
    why: `You get this mail because ${student} learns at ${data.company.name}.`,
  };
}
