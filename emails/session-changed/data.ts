import {
  type SessionMailData,
  type SessionMailInput,
  sessionCalendar,
  sessionExample,
  sessionSchema,
  sessionView,
} from '../session.ts';

export const schema = sessionSchema;

export const example: SessionMailInput = {
  ...sessionExample,
  session: { ...sessionExample.session, version: 2 },
  before: { startsAt: '2026-11-23T21:00:00Z', endsAt: '2026-11-23T22:00:00Z' },
  cause: 'Łukasz is at a conference on Monday',
};

export function view(data: SessionMailData) {
  const facts = sessionView(data);
  const moved = data.before !== null;
  return {
    ...facts,
    heading: moved ? `${facts.lesson} has moved` : `${facts.lesson} has changed`,
    preview: `Now ${facts.shortWhen}, with ${facts.people}.`,
    intro: moved
      ? 'The session has a new time. This is what holds now:'
      : 'Something about the session has changed. This is what holds now:',
    calendarNote: 'The attached update corrects the entry in your calendar.',
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'REQUEST');
