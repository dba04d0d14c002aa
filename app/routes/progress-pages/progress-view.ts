import type { CloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import type { ProgressEntry } from '#app/domain/progress/progress-queries.server.ts';
import { seenByFamily } from '#app/domain/progress/seen-by-family.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { outcomeView, type StatusView } from '#app/ui/session-status.ts';
import { dateText, dayText, type Reader } from '#app/ui/session-when.ts';

export interface HomeworkView {
  placeId: string;
  text: string;
  /** "Due Fri 13 Mar"; empty without a day. */
  due: string;
  overdue: boolean;
  done: boolean;
  /** "Done on Thu 12 Mar by Lena Whitfield"; empty while it isn't. */
  doneText: string;
  answer: string;
}

/** Homework from before then is not asked for any more; it keeps its tick where its lesson stands. */
export const stillToDo = (now: Date) => new Date(now.getTime() - 35 * 24 * 3_600_000);

/** What was done in one session with one student, as the family reads it. */
export interface ProgressView {
  key: string;
  href: string;
  day: string;
  title: string;
  subject: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  outcome: StatusView;
  summary: string;
  notes: string;
  note: string;
  nextTopics: string;
  homework: HomeworkView | null;
}

export function viewProgress(entry: ProgressEntry, reader: Reader, rules: CloseOutRules): ProgressView {
  const seen = seenByFamily(entry, rules);
  return {
    key: entry.attendanceId,
    href: `/family/sessions/${entry.sessionId}`,
    day: dayText(reader, entry.startsAt),
    title: entry.title,
    subject: entry.subjectName,
    tutorName: entry.tutorName,
    studentId: entry.studentId,
    studentName: entry.studentName,
    outcome: outcomeView(entry.outcome),
    summary: seen.summary,
    notes: seen.notes,
    note: rules.families_see_notes ? seen.note : '',
    nextTopics: seen.nextTopics,
    homework: seen.homework === '' ? null : viewHomework(seen, reader),
  };
}

function viewHomework(entry: ProgressEntry, reader: Reader): HomeworkView {
  const { homeworkDueOn: due, homeworkDoneAt: doneAt, homeworkDoneBy: by } = entry;
  return {
    placeId: entry.attendanceId,
    text: entry.homework,
    due: due === null ? '' : `Due ${dateText(reader, due)}`,
    overdue: doneAt === null && due !== null && due < localDateOf(reader.now, reader.zone),
    done: doneAt !== null,
    doneText: doneAt === null ? '' : `Done ${wordOf(dayText(reader, doneAt))}${by === null ? '' : ` by ${by}`}`,
    answer: entry.homeworkAnswer,
  };
}

const wordOf = (day: string) => (/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : `on ${day}`);
