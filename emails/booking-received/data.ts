import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime, hours, longDay, shortWhen, zoneName, zonesDiffer } from '../format.ts';

/** To whoever booked as a guest. The page says the same to all; only here, to the owner of the address, it says more. */
export const schema = z.object({
  ...envelope,
  /** False: somebody at the company looks at it first. */
  firm: z.boolean(),
  /** Whether the address signs in here already. */
  known: z.boolean(),
  lesson: line(),
  tutor: line(),
  student: line(),
  startsAt: instant,
  endsAt: instant,
  companyZone: line(64),
});

type Data = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/login?to=%2Ffamily',
  firm: false,
  known: true,
  lesson: 'Algebra II',
  tutor: 'Łukasz Nowak',
  student: 'Oliver',
  startsAt: '2026-11-24T21:00:00Z',
  endsAt: '2026-11-24T22:00:00Z',
  companyZone: 'America/New_York',
};

export function view(data: Data) {
  const from = new Date(data.startsAt);
  const { zone, locale, company } = data;
  return {
    heading: data.firm ? `${data.lesson} is booked` : 'We have got your booking',
    preview: `${shortWhen(from, zone, locale)}, with ${data.tutor}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: data.firm
      ? `${data.lesson} is booked for ${data.student} at ${company.name}.`
      : `${company.name} looks at it and writes to you as soon as it is confirmed. Until then the time is asked for, not yet booked.`,
    knownNote: data.known
      ? `You have an account at ${company.name} already, with this address. This booking was made without signing in, so it is not in your account yet: the office puts the two together. Sign in before you book the next time. If it was not you who booked, tell us, and we take it out.`
      : '',
    lesson: data.lesson,
    day: longDay(from, zone, locale),
    hours: `${hours(from, new Date(data.endsAt), zone, locale)} (${zoneName(zone)})`,
    elsewhere: zonesDiffer(from, zone, data.companyZone)
      ? `${dayAndTime(from, data.companyZone, locale)} for ${company.name}`
      : '',
    before: '',
    struck: false,
    peopleLabel: 'Tutor',
    people: data.tutor,
    where: '',
    cause: '',
    action: data.known ? 'Sign in' : 'Back to the booking page',
    shortWhen: shortWhen(from, zone, locale),
    subjectStart: data.firm ? 'Booked' : 'We have got your booking',
    why: `You get this mail because this address was given for a booking at ${company.name}.`,
  };
}
