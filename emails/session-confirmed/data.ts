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

export const example: SessionMailInput = sessionExample;

export function view(data: SessionMailData, t: MailWords) {
  const facts = sessionView(data, t);
  const intros = {
    tutor: () => t('intro_tutor'),
    student: () => t('intro_student'),
    client: () => t('intro_family', { who: facts.who, count: data.session.students.length }),
  };
  return {
    ...facts,
    heading: t('heading', { lesson: facts.lesson }),
    preview: t('preview', { when: facts.shortWhen, people: facts.people }),
    intro: intros[data.audience](),
    calendarNote: t('calendar_note'),
  };
}

export const calendar = (data: SessionMailData) => sessionCalendar(data, 'REQUEST');
