import type { z } from 'zod';
import { link } from '../fields.ts';
import { sessionCalendar, sessionExample, sessionSchema, sessionView } from '../session.ts';
import type { MailWords } from '../words.ts';

/** A session that somebody has just started. `link` leads into its room. */
export const schema = sessionSchema.extend({
  /** The session's own page, for the calendar. */
  page: link,
});
export type SessionStartedData = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  ...sessionExample,
  link: 'https://lectern.example/sessions/0198/join',
  // The link is the way in itself.
  join: null,
  page: sessionExample.link,
};

export function view(data: SessionStartedData, t: MailWords) {
  const facts = sessionView(data, t);
  const intros = {
    tutor: () => t('intro_tutor', { company: data.company.name, people: facts.people }),
    student: () => t('intro_student', { people: facts.people }),
    client: () => t('intro_family', { people: facts.people, who: facts.who }),
  };
  return {
    ...facts,
    heading: t('heading', { lesson: facts.lesson }),
    preview: t('preview', { people: facts.people }),
    intro: intros[data.audience](),
    action: t('action'),
    calendarNote: t('calendar_note'),
  };
}

export const calendar = (data: SessionStartedData) => sessionCalendar({ ...data, link: data.page }, 'REQUEST');
