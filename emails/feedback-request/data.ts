import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

/** Asks a family how a lesson was. */

export const schema = z.object({
  ...envelope,
  lesson: line(),
  tutor: line(),
  /** Whose lesson it was; null where the reader is the student. */
  student: line().nullable(),
  startsAt: instant,
  endsAt: instant,
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Priya Haddad', address: 'priya@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions/1#feedback',
  lesson: 'Algebra',
  tutor: 'Łukasz Nowak',
  student: 'Mei Haddad',
  startsAt: '2026-11-24T21:00:00Z',
  endsAt: '2026-11-24T22:00:00Z',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { lesson, tutor, student, company } = data;
  const when = shortSpan(new Date(data.startsAt), new Date(data.endsAt), data.zone, data.locale);
  const about = { lesson, tutor, student: student ?? '' };
  return {
    heading: t('heading'),
    preview: t('preview'),
    about: t(student === null ? 'subject_own' : 'subject', about),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t(student === null ? 'intro_own' : 'intro', about),
    when,
    lesson,
    tutor,
    students: student ?? '',
    rest: t('rest'),
    action: t('action'),
    why:
      student === null
        ? t('why_learn', { company: company.name })
        : t('why_learns', { students: student, count: 1, company: company.name }),
  };
}
