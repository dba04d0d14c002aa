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
  session: { ...sessionExample.session, version: 3 },
  cause: 'Oliver is ill',
};

export function view(data: SessionMailData) {
  const facts = sessionView(data);
  return {
    ...facts,
    struck: true,
    where: '',
    elsewhere: '',
    heading: `${facts.lesson} is cancelled`,
    preview: `${facts.shortWhen}, with ${facts.people}, does not take place.`,
    intro:
      data.audience === 'client'
        ? `This session does not take place for ${facts.who}. The time is free again.`
        : 'This session does not take place for you. The time is free again.',
    calendarNote: 'The attached update takes it out of your calendar.',
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'CANCEL');
