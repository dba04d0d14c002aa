import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { calendarDay, dayAndTime, listOf } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: Data, t: MailWords) {
  const { event, student, subject, tutor, locale, zone } = data;
  const by = data.answerBy ? dayAndTime(new Date(data.answerBy), zone, locale) : '';
  const forTutor = event === 'sent' || event === 'reminder' || event === 'withdrawn' || event === 'lost';
  const asks = event === 'sent' || event === 'reminder';
  const action = asks ? 'action_answer' : forTutor ? 'action_see' : `action_${event}`;
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: t(`heading_${event}`, { subject, student, tutor }),
    preview: `${student}, ${subject}`,
    intro: t(`intro_${event}`, { student, by }),
    student,
    subject: [subject, data.level].filter((part) => part !== '').join(', '),
    times: data.times.length > 0 ? listOf(data.times, locale) : t('agreed'),
    length: t('length', { minutes: data.sessionMinutes }),
    where: data.mode === 'online' ? t('online') : data.where || t('in_person'),
    from: calendarDay(data.startsOn, locale),
    message: asks ? data.message : '',
    signIn: data.firstSignIn && asks ? t('sign_in') : '',
    action: t(action),
    why: t(forTutor ? 'why_teach' : event === 'family' ? 'why_asked' : 'why_plan', { company: data.company.name }),
  };
}
