import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { student, lesson, tutor, zone, locale, openMinutes } = data;
  const when = shortSpan(new Date(data.startsAt), new Date(data.endsAt), zone, locale);
  return {
    heading: t('heading'),
    preview: t('preview', { lesson, when }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { student }),
    student,
    lesson,
    tutor,
    when,
    firm: t('firm', { minutes: openMinutes, student }),
    action: t('action'),
    why: t('why_learns', { students: student, count: 1, company: data.company.name }),
  };
}
