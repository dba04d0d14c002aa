import { z } from 'zod';
import { day, envelope, instant, line, link } from '../fields.ts';
import { calendarDay, listOf, shortSpan } from '../format.ts';
import type { MailWords } from '../words.ts';

/** What a family is told after a session: the tutor's summary, homework, and what to go on with. */

/** Most links and files that a mail names; all of them are on the page. */
export const MOST_RESOURCES = 12;

const lines = z.array(line(2000)).max(200);

export const schema = z.object({
  ...envelope,
  lesson: line(),
  tutor: line(),
  startsAt: instant,
  endsAt: instant,
  /** The reader's own, of all who were in the session. */
  students: z.array(line()).min(1).max(50),
  summary: lines,
  notes: lines,
  homework: lines,
  homeworkDueOn: day.nullable(),
  /** What is said of one student alone, where several were there or the homework is theirs. */
  each: z.array(z.object({ student: line(), note: lines, homework: lines })).max(50),
  links: z.array(z.object({ title: line(), url: link })).max(MOST_RESOURCES),
  files: z.array(line()).max(MOST_RESOURCES),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Priya Haddad', address: 'priya@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions/1',
  lesson: 'Algebra',
  tutor: 'Łukasz Nowak',
  startsAt: '2026-11-24T21:00:00Z',
  endsAt: '2026-11-24T22:00:00Z',
  students: ['Mei Haddad'],
  summary: ['Mei solves equations with one unknown by herself now.', 'Next time we begin with two.'],
  notes: [],
  homework: ['Page 14, exercises 3 to 8'],
  homeworkDueOn: '2026-12-01',
  each: [{ student: 'Mei Haddad', note: ['Quick with fractions today.'], homework: ['The puzzle of page 15'] }],
  links: [{ title: 'Equations, explained', url: 'https://example.org/equations' }],
  files: ['Worksheet.pdf'],
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { lesson, tutor, company } = data;
  const when = shortSpan(new Date(data.startsAt), new Date(data.endsAt), data.zone, data.locale);
  const students = listOf(data.students, data.locale);
  return {
    heading: t('heading', { lesson }),
    about: t('subject', { lesson, students }),
    preview: (data.summary[0] ?? data.homework[0] ?? t('intro', { lesson, tutor, students, when })).slice(0, 140),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { lesson, tutor, students, when }),
    summary: data.summary,
    notes: data.notes,
    homework: data.homework,
    due: data.homeworkDueOn ? t('due_on', { day: calendarDay(data.homeworkDueOn, data.locale) }) : '',
    each: data.each,
    links: data.links,
    files: data.files,
    files_where: data.files.length > 0 ? t('files_where') : '',
    action: t('action'),
    why: t('why_family', { company: company.name }),
  };
}
