import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

/** Sessions that are over and not closed out: told to their tutor, and later to the office. */

export const schema = z.object({
  ...envelope,
  audience: z.enum(['tutor', 'office']),
  sessions: z
    .array(
      z.object({
        lesson: line(),
        tutor: line(),
        students: z.array(line()).max(500),
        startsAt: instant,
        endsAt: instant,
        /** Why it was sent back; null where it wasn't. */
        sentBack: line(2000).nullable(),
      }),
    )
    .min(1)
    .max(50),
  /** Further ones that the mail doesn't list. */
  more: z.int().nonnegative(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/closeouts',
  audience: 'tutor',
  sessions: [
    {
      lesson: 'Algebra',
      tutor: 'Łukasz Nowak',
      students: ['Mei Haddad'],
      startsAt: '2026-11-23T21:00:00Z',
      endsAt: '2026-11-23T22:00:00Z',
      sentBack: 'Which pages were the homework?',
    },
    {
      lesson: 'Geometry',
      tutor: 'Łukasz Nowak',
      students: ['Anna Parent', 'Ben Parent'],
      startsAt: '2026-11-24T21:00:00Z',
      endsAt: '2026-11-24T22:30:00Z',
      sentBack: null,
    },
  ],
  more: 0,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { audience, sessions, locale, zone, more } = data;
  const count = sessions.length + more;
  const forTutor = audience === 'tutor';
  const about = forTutor ? t('subject_tutor', { count }) : t('subject_office', { count });
  return {
    heading: about,
    about,
    preview: listOf([...new Set(sessions.flatMap((session) => (forTutor ? session.students : [session.tutor])))], locale),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: forTutor ? t('intro_tutor', { count }) : t('intro_office', { count }),
    lines: sessions.map((session) => {
      const students = listOf(session.students, locale);
      return {
        when: shortSpan(new Date(session.startsAt), new Date(session.endsAt), zone, locale),
        what: forTutor
          ? t('line_tutor', { lesson: session.lesson, students })
          : t('line_office', { lesson: session.lesson, students, tutor: session.tutor }),
        sentBack: session.sentBack === null ? '' : t('sent_back', { reason: session.sentBack }),
      };
    }),
    more: more === 0 ? '' : t('more', { count: more }),
    action: forTutor ? t('action_tutor') : t('action_office'),
    why: forTutor ? t('why_teach', { company: data.company.name }) : t('why_plan', { company: data.company.name }),
  };
}
