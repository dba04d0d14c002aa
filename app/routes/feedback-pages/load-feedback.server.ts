import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { feedbackState } from '#app/domain/feedback/feedback.ts';
import { listOwnFeedback } from '#app/domain/feedback/feedback-queries.server.ts';
import type { SessionDetail, SessionPlace } from '#app/domain/scheduling/session-detail.server.ts';
import { dayText, type Reader } from '#app/ui/session-when.ts';
import { subjectOf } from '../session-pages/load-session.server.ts';

/** What one reader may say of a session, about each student: their own words so far, and whether they may be changed. */
export interface FeedbackView {
  studentId: string;
  studentName: string;
  rating: number | null;
  body: string;
  /** "Said on Mon 9 Mar"; empty before it was. */
  said: string;
  open: boolean;
}

interface Asked {
  user: SignedInUser;
  session: SessionDetail;
  /** About whom: a family's own places, all of them for the tutor. */
  places: readonly SessionPlace[];
  reader: Reader;
}

const NOT_HELD = ['requested', 'declined', 'cancelled', 'late_cancelled', 'rescheduled'];

/** Nothing before the session is over, where it was not held, and where the company asks for no feedback. */
export async function loadFeedback(context: AppLoadContext, { user, session, places, reader }: Asked): Promise<FeedbackView[]> {
  if (reader.now < session.endsAt || NOT_HELD.includes(session.status)) return [];
  if (!can(user, 'feedback.give', subjectOf(session)) || !(await getCloseOutRules(context.db)).feedback) return [];
  const given = await listOwnFeedback(context.db, session.id, user.id);
  return places.flatMap((place): FeedbackView[] => {
    if (['cancelled', 'late_cancel'].includes(place.outcome)) return [];
    const own = given.find(({ studentId }) => studentId === place.studentId);
    const open = feedbackState(session.endsAt, own, reader.now) === 'open';
    if (!own && !open) return [];
    return [
      {
        studentId: place.studentId,
        studentName: place.studentName,
        rating: own?.rating ?? null,
        body: own?.body ?? '',
        said: own ? `Said ${saidOn(dayText(reader, own.createdAt))}` : '',
        open,
      },
    ];
  });
}

const saidOn = (day: string) => (/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : `on ${day}`);
