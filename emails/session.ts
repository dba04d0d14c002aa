import { z } from 'zod';
import { type CalendarFile, calendarFile, sessionUid } from './calendar-file.ts';
import { address, envelope, instant, line } from './fields.ts';
import { dayAndTime, hours, listOf, longDay, shortWhen, zoneName, zonesDiffer } from './format.ts';
import { type MailWords, placeText } from './words.ts';

/** What the three mails about a session share: its facts as they were when the mail was queued. */
export const sessionSchema = z.object({
  ...envelope,
  audience: z.enum(['tutor', 'client', 'student']),
  /** The sender of invitations to calendars; the same for every mail about this session. */
  organiser: z.object({ name: line(), address }),
  session: z.object({
    id: line(64),
    /** Counts up with every change; calendars take the highest. */
    version: z.int().nonnegative(),
    lesson: line(),
    startsAt: instant,
    endsAt: instant,
    tutor: line(),
    /** Only those the reader may know of: a family never reads another family's names. */
    students: z.array(line()).max(100),
    where: line(500).nullable(),
  }),
  /** The way into the room, for this reader alone; null where it takes place somewhere, or not at all. */
  join: line(2_000).nullable().default(null),
  companyZone: line(64),
  /** Where it was before, for a move. */
  before: z.object({ startsAt: instant, endsAt: instant }).nullable(),
  cause: line(500).nullable(),
  /** What an admin added to sessions and let stand in mails, as this reader may see it. */
  more: z
    .array(z.object({ label: line(), value: line(500) }))
    .max(100)
    .default([]),
  /** When the change happened; the calendar's DTSTAMP. */
  at: instant,
});

export type SessionMailData = z.output<typeof sessionSchema>;
export type SessionMailInput = z.input<typeof sessionSchema>;

export const sessionExample: SessionMailInput = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions/0198',
  audience: 'client',
  organiser: { name: 'Meadowbrook Tutoring', address: 'office@meadowbrook.example' },
  session: {
    id: '0198c0de-0000-7000-8000-000000000001',
    version: 1,
    lesson: 'Algebra II',
    startsAt: '2026-11-24T21:00:00Z',
    endsAt: '2026-11-24T22:00:00Z',
    tutor: 'Łukasz Nowak',
    students: ['Oliver'],
    where: 'Online',
  },
  join: 'https://lectern.example/sessions/0198/join',
  companyZone: 'America/New_York',
  before: null,
  cause: null,
  more: [{ label: 'Bring along', value: 'Workbook, page 40' }],
  at: '2026-11-20T10:00:00Z',
};

export function sessionView(data: SessionMailData, t: MailWords) {
  const { session, zone, locale } = data;
  const company = data.company.name;
  const from = new Date(session.startsAt);
  const to = new Date(session.endsAt);
  const count = session.students.length;
  const forTutor = data.audience === 'tutor';
  const students = count === 0 ? t('to_be_named') : listOf(session.students, locale);
  const why = {
    tutor: () => t('why_teach', { company }),
    student: () => t('why_learn', { company }),
    client: () => t('why_learns', { students, count, company }),
  };
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    lesson: session.lesson,
    day: longDay(from, zone, locale),
    hours: `${hours(from, to, zone, locale)} (${zoneName(zone, locale)})`,
    shortWhen: shortWhen(from, zone, locale),
    elsewhere: zonesDiffer(from, zone, data.companyZone)
      ? t('elsewhere', { when: dayAndTime(from, data.companyZone, locale), company })
      : '',
    before: data.before === null ? '' : dayAndTime(new Date(data.before.startsAt), zone, locale),
    struck: false,
    peopleLabel: t(forTutor ? (count > 1 ? 'students' : 'student') : 'tutor'),
    people: forTutor ? students : session.tutor,
    where: session.where === null ? '' : placeText(session.where, t),
    join: data.join ?? '',
    cause: data.cause ?? '',
    more: data.more,
    why: why[data.audience](),
    action: t('open_session'),
    who: data.audience === 'client' ? students : t('you'),
  };
}

/** The attachment that puts the session into the reader's calendar, moves it there, or takes it out. */
export function sessionCalendar(data: SessionMailData, method: 'REQUEST' | 'CANCEL'): CalendarFile {
  const { session } = data;
  return calendarFile({
    method,
    uid: sessionUid(session.id, data.link),
    sequence: session.version,
    stamp: new Date(data.at),
    from: new Date(session.startsAt),
    to: new Date(session.endsAt),
    summary: `${session.lesson} (${data.audience === 'tutor' ? listOf(session.students, data.locale) : session.tutor})`,
    // Calendars make the place of a lesson online something to press.
    location: data.join ?? session.where ?? '',
    description: [data.company.name, data.join ? `Join: ${data.join}` : '', data.link].filter(Boolean).join('\n'),
    url: data.link,
    organiser: data.organiser,
    attendee: data.recipient,
  });
}
