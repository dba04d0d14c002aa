import type { AppLoadContext } from '@remix-run/node';
import { actorOf, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { isId } from '#app/domain/is-id.ts';
import { findPlaceOf, tickHomework } from '#app/domain/progress/tick-homework.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { answerForm, textOf } from '../session-pages/act-on-session.server.ts';

interface From {
  context: AppLoadContext;
  user: SignedInUser;
  reader: Reader;
  /** The page the form stands on: where it leads back to. */
  page: string;
}

/** Takes the form of one piece of homework, of one's own student alone: anybody else's isn't there. */
export async function answerHomework({ context, user, reader, page }: From, form: FormData) {
  const attendanceId = textOf(form, 'attendanceId');
  const place = isId(attendanceId) ? await findPlaceOf(context.db, attendanceId) : undefined;
  if (!place || !can(user, 'homework.tick', { type: 'pupil', ...place, tutorIds: [] })) throw notFound();
  const done = textOf(form, 'done') === 'yes';
  return answerForm(
    { reader, page },
    form,
    () => tickHomework(context.db, context, actorOf(user, context), { attendanceId, done, answer: textOf(form, 'answer') }),
    `#homework-${attendanceId}`,
  );
}
