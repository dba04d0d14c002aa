import {
  type SessionMailData,
  type SessionMailInput,
  sessionCalendar,
  sessionExample,
  sessionSchema,
  sessionView,
} from '../session.ts';

export const schema = sessionSchema;

export const example: SessionMailInput = sessionExample;

export function view(data: SessionMailData) {
  const facts = sessionView(data);
  return {
    ...facts,
    heading: `${facts.lesson} is booked`,
    preview: `${facts.shortWhen}, with ${facts.people}.`,
    intro:
      data.audience === 'tutor'
        ? 'A session has been planned with you.'
        : data.audience === 'student'
          ? 'You have a session.'
          : `${facts.who} ${facts.have} a session.`,
    calendarNote: 'The attached invitation puts it into your calendar, and keeps it right if it moves.',
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'REQUEST');
