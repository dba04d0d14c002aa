import type { z } from 'zod';
import { link } from '../fields.ts';
import { sessionCalendar, sessionExample, sessionSchema, sessionView } from '../session.ts';

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

export function view(data: SessionStartedData) {
  const facts = sessionView(data);
  return {
    ...facts,
    heading: `${facts.lesson} begins now`,
    preview: `With ${facts.people}: the room is open.`,
    intro: introOf(data, facts),
    action: 'Join now',
    calendarNote: 'The attached invitation puts it into your calendar.',
  };
}

function introOf(data: SessionStartedData, facts: { people: string; who: string }): string {
  if (data.audience === 'tutor') return `${data.company.name} has started a session of ${facts.people} with you.`;
  const whom = data.audience === 'student' ? 'you' : facts.who;
  return `${facts.people} has just started a session with ${whom}. The room is open: no need to wait.`;
}

export const calendar = (data: SessionStartedData) => sessionCalendar({ ...data, link: data.page }, 'REQUEST');
