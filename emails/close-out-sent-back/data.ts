import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

/** The office gives a close-out back to its tutor, and says what to change. */

export const schema = z.object({
  ...envelope,
  lesson: line(),
  startsAt: instant,
  endsAt: instant,
  students: z.array(line()).min(1).max(500),
  reason: line(2000),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/sessions/1/close-out',
  lesson: 'Algebra',
  startsAt: '2026-11-24T21:00:00Z',
  endsAt: '2026-11-24T22:00:00Z',
  students: ['Mei Haddad'],
  reason: 'Which pages were the homework? The family asks.',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const when = shortSpan(new Date(data.startsAt), new Date(data.endsAt), data.zone, data.locale);
  return {
    heading: t('heading'),
    preview: data.reason,
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { lesson: data.lesson, when }),
    reason: data.reason,
    when,
    lesson: data.lesson,
    students: listOf(data.students, data.locale),
    kept: t('kept'),
    action: t('action'),
    why: t('why_teach', { company: data.company.name }),
    about: t('subject', { lesson: data.lesson, when }),
  };
}
