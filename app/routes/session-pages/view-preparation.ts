import type { Preparation, PreparedStudent } from '#app/domain/scheduling/preparation.server.ts';
import type { SessionView } from '#app/ui/session-view.ts';
import { dayText, type Reader } from '#app/ui/session-when.ts';

export interface PreparationView extends Omit<Preparation, 'students'> {
  session: SessionView;
  students: PreparedStudentView[];
}

export interface PreparedStudentView {
  id: string;
  name: string;
  last: {
    href: string;
    day: string;
    /** What was said of the lesson, and of this student in it. */
    said: string;
    nextTopics: string;
    homework: string;
    /** "Done on Mon 23 Nov", "Not ticked off yet; due on 25 Nov 2026"; empty without homework. */
    homeworkState: string;
    homeworkDone: boolean;
    answer: string;
    files: { href: string; name: string }[];
  } | null;
  /** "3 of 5", or that nobody has said yet. */
  goals: { title: string; stands: string; due: string }[];
}

/** The sessions in the order of their views; what is not this tutor's any more is left out. */
export function viewPreparations(
  preparations: readonly Preparation[],
  sessions: readonly SessionView[],
  reader: Reader,
): PreparationView[] {
  const bySession = new Map(preparations.map((one) => [one.sessionId, one]));
  return sessions.flatMap((session) => {
    const one = bySession.get(session.id);
    return one ? [{ ...one, session, students: one.students.map((student) => viewStudent(student, reader)) }] : [];
  });
}

export function viewStudent({ studentId, name, last, goals }: PreparedStudent, reader: Reader): PreparedStudentView {
  return {
    id: studentId,
    name,
    last: last && {
      href: `/tutor/sessions/${last.sessionId}`,
      day: dayText(reader, last.startsAt),
      said: [last.notes, last.note].filter(Boolean).join('\n'),
      nextTopics: last.nextTopics,
      homework: last.homework,
      homeworkState: last.homework === '' ? '' : homeworkState(last, reader),
      homeworkDone: last.homeworkDoneAt !== null,
      answer: last.homeworkAnswer,
      files: last.answers.map((file) => ({ href: `/sessions/${last.sessionId}/files/${file.id}`, name: file.name })),
    },
    goals: goals.map((goal) => ({
      title: goal.title,
      stands: goal.rating === null ? 'not rated yet' : `${goal.rating} of 5`,
      due: goal.dueOn === null ? '' : dateWords(goal.dueOn, reader),
    })),
  };
}

function homeworkState(last: NonNullable<PreparedStudent['last']>, reader: Reader): string {
  if (last.homeworkDoneAt) return `Ticked off: ${dayText(reader, last.homeworkDoneAt)}`;
  return last.homeworkDueOn === null
    ? 'Not ticked off yet'
    : `Not ticked off yet, due on ${dateWords(last.homeworkDueOn, reader)}`;
}

const dateWords = (date: string, reader: Reader) =>
  new Intl.DateTimeFormat(reader.locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  );
