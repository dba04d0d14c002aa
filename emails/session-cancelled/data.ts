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
  session: { ...sessionExample.session, version: 3 },
  cause: 'Oliver is ill',
};

export function view(data: SessionMailData, t: MailWords) {
  const facts = sessionView(data, t);
  return {
    ...facts,
    struck: true,
    where: '',
    elsewhere: '',
    heading: t('heading', { lesson: facts.lesson }),
    preview: t('preview', { when: facts.shortWhen, people: facts.people }),
    intro: data.audience === 'client' ? t('intro_client', { who: facts.who }) : t('intro'),
    calendarNote: t('calendar_note'),
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'CANCEL');
