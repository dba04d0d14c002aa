import {
  type SessionMailData,
  type SessionMailInput,
  sessionCalendar,
  sessionExample,
  sessionSchema,
  sessionView,
} from '../session.ts';
import type { MailWords } from '../words.ts';

export const schema = sessionSchema;

export const example: SessionMailInput = {
  ...sessionExample,
  session: { ...sessionExample.session, version: 2 },
  before: { startsAt: '2026-11-23T21:00:00Z', endsAt: '2026-11-23T22:00:00Z' },
  cause: 'Łukasz is at a conference on Monday',
};

export function view(data: SessionMailData, t: MailWords) {
  const facts = sessionView(data, t);
  const moved = data.before !== null;
  return {
    ...facts,
    heading: t(moved ? 'heading_moved' : 'heading_changed', { lesson: facts.lesson }),
    preview: t('preview', { when: facts.shortWhen, people: facts.people }),
    intro: t(moved ? 'intro_moved' : 'intro_changed'),
    calendarNote: t('calendar_note'),
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'REQUEST');
