import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay } from '../format.ts';

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

export function view(data: z.output<typeof schema>) {
  const { audience, clearances, locale } = data;
  const forTutor = audience === 'tutor';
  const [first] = clearances;
  const one = clearances.length === 1 ? first : undefined;
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading: one
      ? `${forTutor ? `Your ${one.what}` : `${one.what} of ${one.tutor}`} ${leftText(one.daysLeft)}`
      : `${clearances.length} clearances run out`,
    preview: clearances.map((clearance) => (forTutor ? clearance.what : `${clearance.tutor}: ${clearance.what}`)).join(', '),
    intro: forTutor
      ? 'Send in the new one as a photo or a scan, so that you can go on teaching without a break.'
      : 'The tutors were reminded too. Who lacks a required clearance is not matched to new students.',
    lines: clearances.map((clearance) => ({
      who: forTutor ? clearance.what : `${clearance.tutor}: ${clearance.what}`,
      what: `Good until ${calendarDay(clearance.until, locale)}: ${leftText(clearance.daysLeft)}`,
    })),
    action: forTutor ? 'Send in the new one' : 'See what runs out',
    why: forTutor
      ? `You get this mail because you teach at ${data.company.name}.`
      : `You get this mail because you plan at ${data.company.name}.`,
  };
}

function leftText(daysLeft: number): string {
  if (daysLeft === 0) return 'runs out today';
  const days = Math.abs(daysLeft) === 1 ? '1 day' : `${Math.abs(daysLeft)} days`;
  return daysLeft > 0 ? `runs out in ${days}` : `ran out ${days} ago`;
}
