import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { next, zone, locale, student, what, several } = data;
  return {
    heading: t('heading'),
    preview: `${student}: ${what}`,
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { student, what }),
    student,
    what,
    whenLabel: t(several ? 'from_label' : 'when'),
    when: next ? shortSpan(new Date(next.startsAt), new Date(next.endsAt), zone, locale) : '',
    firm: t('firm'),
    action: t('action'),
    subjectLine: t('subject_line', { student, what }),
    why: t('why', { student, company: data.company.name }),
  };
}
