import type { FeedbackRow } from '#app/domain/feedback/feedback-queries.server.ts';
import { dayText, type Reader, stampText } from '#app/ui/session-when.ts';

/** What somebody said of a lesson, as the office reads it. */
export interface FeedbackItem {
  id: string;
  version: string;
  rating: number;
  body: string;
  /** "Priya Haddad, for the family" */
  by: string;
  at: string;
  lesson: string;
  href: string;
  tutor: { name: string; href: string };
  student: { name: string; href: string };
  /** "Seen by Ana on 3 Mar 2026, 10:00"; empty: nobody has seen to it. */
  seen: string;
}

const AS = { tutor: 'the tutor', client: 'for the family', student: 'the student' };

export function viewFeedback(row: FeedbackRow, reader: Reader): FeedbackItem {
  return {
    id: row.id,
    version: row.version,
    rating: row.rating,
    body: row.body,
    by: `${row.by}, ${AS[row.side]}`,
    at: stampText(reader, row.createdAt),
    lesson: `${row.lesson}, ${dayText(reader, row.startsAt)}`,
    href: `/office/sessions/${row.sessionId}`,
    tutor: { name: row.tutorName, href: `/office/tutors/${row.tutorId}` },
    student: { name: row.studentName, href: `/office/students/${row.studentId}` },
    seen: row.seenAt === null ? '' : `Seen by ${row.seenBy ?? 'somebody'} on ${stampText(reader, row.seenAt)}`,
  };
}
