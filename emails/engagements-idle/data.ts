import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { longDay } from '../format.ts';

/** Engagements of which nothing is planned: told to the tutor, and when that didn't help to the office. */

export const schema = z.object({
  ...envelope,
  audience: z.enum(['tutor', 'office']),
  engagements: z
    .array(z.object({ student: line(), tutor: line(), subject: line(), since: instant, mayBook: z.boolean() }))
    .min(1)
    .max(100),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/book',
  audience: 'tutor',
  engagements: [
    { student: 'Oliver Whitfield', tutor: 'Łukasz Nowak', subject: 'Physics', since: '2026-11-20T10:00:00Z', mayBook: true },
  ],
};

export function view(data: z.output<typeof schema>) {
  const { audience, engagements, locale, zone } = data;
  const [first] = engagements;
  const one = engagements.length === 1 && first ? first : undefined;
  const forTutor = audience === 'tutor';
  const heading = one
    ? `Nothing is planned with ${one.student}${forTutor ? '' : ` and ${one.tutor}`}`
    : `Nothing is planned with ${engagements.length} ${forTutor ? 'of your students' : 'engaged students'}`;
  const book = engagements.some((engagement) => engagement.mayBook);
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading,
    preview: engagements.map((engagement) => engagement.student).join(', '),
    intro: forTutor
      ? book
        ? 'You are engaged to teach them, and no session is booked. Find a time and book it.'
        : 'You are engaged to teach them, and no session is booked. Agree on a time, and ask the office to book it.'
      : 'The tutors were reminded, and still no session is booked.',
    lines: engagements.map((engagement) => ({
      who: forTutor ? engagement.student : `${engagement.student} with ${engagement.tutor}`,
      what: `${engagement.subject}, nothing planned since ${longDay(new Date(engagement.since), zone, locale)}`,
    })),
    action: forTutor ? 'Find a time' : 'See the engagements',
    why: forTutor
      ? `You get this mail because you teach at ${data.company.name}.`
      : `You get this mail because you plan at ${data.company.name}.`,
  };
}
