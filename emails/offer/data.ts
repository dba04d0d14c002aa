import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime, listOf } from '../format.ts';

/** An offer of a student: told to the tutors who are asked, and what came of it to the office and the family. */

export const schema = z.object({
  ...envelope,
  event: z.enum(['sent', 'reminder', 'withdrawn', 'lost', 'accepted', 'exhausted', 'family']),
  student: line(),
  subject: line(),
  /** Empty: at no certain level. */
  level: line(),
  /** Who accepted; empty for whoever is asked. */
  tutor: line(),
  mode: z.enum(['online', 'in_person']),
  /** In person, where; never a family's address before it is accepted. */
  where: line(500),
  /** "Mondays and Wednesdays at 16:00", as the reader writes it; empty: to be agreed. */
  times: z.array(line()).max(14),
  sessionMinutes: z.number().int().positive(),
  startsOn: z.iso.date(),
  /** Until when a tutor may answer. */
  answerBy: instant.nullable(),
  message: line(2000),
  /** An account that has not been opened yet: how it is. */
  firstSignIn: z.boolean(),
});

type Data = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/offers/0198',
  event: 'sent',
  student: 'Oliver',
  subject: 'Physics',
  level: 'High school',
  tutor: '',
  mode: 'online',
  where: '',
  times: ['Monday, 4:00 PM', 'Wednesday, 4:00 PM'],
  sessionMinutes: 60,
  startsOn: '2026-12-01',
  answerBy: '2026-11-27T20:00:00Z',
  message: 'He is preparing for the exams in May.',
  firstSignIn: false,
};

export function view(data: Data) {
  const { event, student, subject, tutor, locale, zone } = data;
  const by = data.answerBy ? dayAndTime(new Date(data.answerBy), zone, locale) : '';
  const { heading, intro, action } = {
    sent: {
      heading: `A student for you: ${subject}`,
      intro: `Would you teach ${student}? Please answer by ${by}. Nothing is booked by answering.`,
      action: 'See the offer and answer',
    },
    reminder: {
      heading: `Still waiting for your answer: ${subject}`,
      intro: `You were offered ${student}. Please answer by ${by}; a no is an answer too.`,
      action: 'See the offer and answer',
    },
    withdrawn: {
      heading: `No longer offered: ${subject}`,
      intro: `The office has taken back its offer to teach ${student}. You need do nothing.`,
      action: 'See the offer',
    },
    lost: {
      heading: `Taken: ${subject}`,
      intro: `Another tutor accepted ${student} first. You need do nothing.`,
      action: 'See the offer',
    },
    accepted: {
      heading: `${tutor} accepted ${student}`,
      intro: 'They are engaged. The first sessions can be booked now.',
      action: 'Book the first sessions',
    },
    exhausted: {
      heading: `Nobody accepted ${student}`,
      intro: 'Everybody who was asked declined or let it run out.',
      action: 'Find another tutor',
    },
    family: {
      heading: `${tutor} will teach ${student}`,
      intro: 'We have found a tutor. You get another mail once the first sessions are booked.',
      action: 'See your sessions',
    },
  }[event];
  const forTutor = event === 'sent' || event === 'reminder' || event === 'withdrawn' || event === 'lost';
  const asks = event === 'sent' || event === 'reminder';
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading,
    preview: `${student}, ${subject}`,
    intro,
    student,
    subject: [subject, data.level].filter((part) => part !== '').join(', '),
    times: data.times.length > 0 ? listOf(data.times, locale) : 'To be agreed',
    length: `${data.sessionMinutes} minutes each`,
    where: data.mode === 'online' ? 'Online' : data.where || 'In person',
    from: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${data.startsOn}T00:00:00Z`)),
    message: asks ? data.message : '',
    signIn: data.firstSignIn && asks ? 'You have not signed in yet: open your invitation, or ask the office for a new one.' : '',
    action,
    why: forTutor
      ? `You get this mail because you teach at ${data.company.name}.`
      : event === 'family'
        ? `You get this mail because you asked ${data.company.name} for a tutor.`
        : `You get this mail because you plan at ${data.company.name}.`,
  };
}
