import { z } from 'zod';
import { day, envelope, instant, line } from '../fields.ts';
import { calendarDay, dayAndTime } from '../format.ts';
import type { MailWords } from '../words.ts';

export const schema = z.object({
  ...envelope,
  approved: z.boolean(),
  /** Whole days, the last included; else from and to an instant. */
  off: z.union([z.object({ firstDay: day, lastDay: day }), z.object({ startsAt: instant, endsAt: instant })]),
  note: line(500).nullable(),
  /** Planned sessions of the tutor that lie in it. */
  sessions: z.int().nonnegative(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/availability/time-off',
  approved: true,
  off: { firstDay: '2027-02-15', lastDay: '2027-02-19' },
  note: 'Enjoy the mountains',
  sessions: 3,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const when = daysOf(data, t);
  const answer = data.approved ? 'approved' : 'declined';
  return {
    heading: t(`heading_${answer}`),
    preview: when,
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t(`intro_${answer}`),
    when,
    note: data.note ?? '',
    sessions: data.approved && data.sessions > 0 ? t('sessions', { count: data.sessions }) : '',
    action: t('action'),
    subjectStart: t(`subject_${answer}`),
    why: t('why', { company: data.company.name }),
  };
}

function daysOf({ off, zone, locale }: z.output<typeof schema>, t: MailWords): string {
  if ('startsAt' in off)
    return t('span', {
      from: dayAndTime(new Date(off.startsAt), zone, locale),
      until: dayAndTime(new Date(off.endsAt), zone, locale),
    });
  const first = calendarDay(off.firstDay, locale);
  return off.firstDay === off.lastDay ? first : t('span', { from: first, until: calendarDay(off.lastDay, locale) });
}
