import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime, hours, longDay, shortWhen, zoneName, zonesDiffer } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: Data, t: MailWords) {
  const from = new Date(data.startsAt);
  const { zone, locale, lesson, student, tutor } = data;
  const company = data.company.name;
  const when = shortWhen(from, zone, locale);
  return {
    heading: data.firm ? t('heading_firm', { lesson }) : t('heading_asked'),
    preview: t('preview', { when, tutor }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: data.firm ? t('intro_firm', { lesson, student, company }) : t('intro_asked', { company }),
    knownNote: data.known ? t('known_note', { company }) : '',
    lesson,
    day: longDay(from, zone, locale),
    hours: `${hours(from, new Date(data.endsAt), zone, locale)} (${zoneName(zone, locale)})`,
    elsewhere: zonesDiffer(from, zone, data.companyZone)
      ? t('elsewhere', { when: dayAndTime(from, data.companyZone, locale), company })
      : '',
    before: '',
    struck: false,
    peopleLabel: t('tutor'),
    people: tutor,
    where: '',
    cause: '',
    action: t(data.known ? 'action_known' : 'action'),
    shortWhen: when,
    subjectStart: t(data.firm ? 'subject_firm' : 'heading_asked'),
    why: t('why', { company }),
  };
}
