import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { longDay } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { audience, engagements, locale, zone } = data;
  const [first] = engagements;
  const one = engagements.length === 1 && first ? first : undefined;
  const forTutor = audience === 'tutor';
  const book = engagements.some((engagement) => engagement.mayBook);
  const side = forTutor ? 'tutor' : 'office';
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: one
      ? t(`heading_one_${side}`, { student: one.student, tutor: one.tutor })
      : t(`heading_${side}`, { count: engagements.length }),
    preview: engagements.map((engagement) => engagement.student).join(', '),
    intro: t(forTutor ? (book ? 'intro_book' : 'intro_ask') : 'intro_office'),
    lines: engagements.map(({ student, tutor, subject, since }) => ({
      who: forTutor ? student : t('pair', { student, tutor }),
      what: t('line', { subject, day: longDay(new Date(since), zone, locale) }),
    })),
    action: t(`action_${side}`),
    why: t(forTutor ? 'why_teach' : 'why_plan', { company: data.company.name }),
  };
}
