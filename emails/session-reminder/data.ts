import { z } from 'zod';
import { day, line } from '../fields.ts';
import { calendarDay } from '../format.ts';
import { sessionExample, sessionSchema, sessionView } from '../session.ts';
import type { MailWords } from '../words.ts';

/** A session is near: when, with whom, the way in, and what there is to prepare. */
export const schema = sessionSchema.extend({
  /** So many minutes before the start it was due: what makes each reminder of a session its own. */
  minutes: z.int().positive(),
  prepare: z
    .array(
      z.object({
        what: z.enum(['homework', 'topics', 'question', 'material']),
        text: line(500),
        /** Whose, for a tutor or a family of several; else empty. */
        who: line().default(''),
        due: day.nullable().default(null),
      }),
    )
    .max(40)
    .default([]),
});
type Data = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  ...sessionExample,
  minutes: 1_440,
  prepare: [
    { what: 'homework', text: 'Workbook, page 40, exercises 1 to 6', due: '2026-11-24' },
    { what: 'topics', text: 'Quadratic equations' },
  ],
};

export function view(data: Data, t: MailWords) {
  const facts = sessionView(data, t);
  return {
    ...facts,
    heading: t('heading', { lesson: facts.lesson }),
    preview: t('preview', { when: facts.shortWhen, people: facts.people }),
    intro: data.audience === 'client' ? t('intro_family', { who: facts.who, count: data.session.students.length }) : t('intro'),
    prepare: data.prepare.map(({ what, text, who, due }) => ({
      label: who ? t('of_whom', { what: t(what), who }) : t(what),
      text: due === null ? text : t('until', { text, day: calendarDay(due, data.locale) }),
    })),
    anything: data.prepare.length > 0,
  };
}
