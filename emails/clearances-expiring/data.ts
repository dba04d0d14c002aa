import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay } from '../format.ts';
import type { MailWords } from '../words.ts';

/** Clearances that run out: told to the tutor, and to the office. */

export const schema = z.object({
  ...envelope,
  audience: z.enum(['tutor', 'office']),
  clearances: z
    .array(z.object({ tutor: line(), what: line(), until: day, /** Negative: it has run out. */ daysLeft: z.int() }))
    .min(1)
    .max(100),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/documents',
  audience: 'tutor',
  clearances: [{ tutor: 'Łukasz Nowak', what: 'Background check', until: '2026-12-01', daysLeft: 7 }],
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { audience, clearances, locale } = data;
  const forTutor = audience === 'tutor';
  const [first] = clearances;
  const one = clearances.length === 1 ? first : undefined;
  const leftText = (daysLeft: number) => (daysLeft >= 0 ? t('left', { days: daysLeft }) : t('ago', { days: -daysLeft }));
  const ofWhom = ({ what, tutor }: { what: string; tutor: string }) => (forTutor ? what : `${tutor}: ${what}`);
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: one
      ? t(forTutor ? 'heading_own' : 'heading_other', { what: one.what, tutor: one.tutor, left: leftText(one.daysLeft) })
      : t('heading_many', { count: clearances.length }),
    preview: clearances.map(ofWhom).join(', '),
    intro: t(forTutor ? 'intro_tutor' : 'intro_office'),
    lines: clearances.map((clearance) => ({
      who: ofWhom(clearance),
      what: t('line', { until: calendarDay(clearance.until, locale), left: leftText(clearance.daysLeft) }),
    })),
    action: t(forTutor ? 'action_tutor' : 'action_office'),
    why: t(forTutor ? 'why_teach' : 'why_plan', { company: data.company.name }),
  };
}
