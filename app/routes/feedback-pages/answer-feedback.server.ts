import type { AppLoadContext } from '@remix-run/node';
import { actorOf, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { giveFeedback } from '#app/domain/feedback/give-feedback.server.ts';
import type { SessionDetail, SessionPlace } from '#app/domain/scheduling/session-detail.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { answerForm, textOf } from '../session-pages/act-on-session.server.ts';
import { subjectOf } from '../session-pages/load-session.server.ts';

interface From {
  context: AppLoadContext;
  user: SignedInUser;
  session: SessionDetail;
  /** About whom this reader may speak. */
  places: readonly SessionPlace[];
  by: 'tutor' | 'family';
  reader: Reader;
  page: string;
}

/** Takes the form of one student's feedback. */
export async function answerFeedback({ context, user, session, places, by, reader, page }: From, form: FormData) {
  const studentId = textOf(form, 'studentId');
  if (!places.some((place) => place.studentId === studentId) || !can(user, 'feedback.give', subjectOf(session)))
    throw forbidden();
  const said = { sessionId: session.id, studentId, rating: textOf(form, 'rating') || undefined, body: textOf(form, 'body') };
  const actor = { ...actorOf(user, context), userId: user.id };
  return answerForm({ reader, page }, form, () => giveFeedback(context.db, context, actor, by, said), '#feedback');
}
