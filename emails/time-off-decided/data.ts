import { z } from 'zod';
import { day, envelope, instant, line } from '../fields.ts';
import { calendarDay, dayAndTime } from '../format.ts';

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

export function view(data: z.output<typeof schema>) {
  const when = daysOf(data);
  return {
    heading: data.approved ? 'Your time off is approved' : 'Your time off is not approved',
    preview: when,
    greeting: `Hello ${data.recipient.name},`,
    intro: data.approved
      ? 'You have asked for time off, and it is approved: nobody books you then.'
      : 'You have asked for time off, and it can’t be given. You can be booked then as before.',
    when,
    note: data.note ?? '',
    sessions: data.approved ? sessionsText(data.sessions) : '',
    action: 'See your time off',
    why: `You get this mail because you asked for time off at ${data.company.name}.`,
    word: data.approved ? 'approved' : 'declined',
  };
}

function daysOf({ off, zone, locale }: z.output<typeof schema>): string {
  if ('startsAt' in off)
    return `${dayAndTime(new Date(off.startsAt), zone, locale)} to ${dayAndTime(new Date(off.endsAt), zone, locale)}`;
  const first = calendarDay(off.firstDay, locale);
  return off.firstDay === off.lastDay ? first : `${first} to ${calendarDay(off.lastDay, locale)}`;
}

function sessionsText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'One session is still planned in it. It takes place until the office moves or cancels it.'
    : `${count} sessions are still planned in it. They take place until the office moves or cancels them.`;
}
