import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listMakeUps } from '#app/domain/make-ups/make-up-queries.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { viewMakeUp } from './make-up-view.ts';

/** A student's make-ups for the office: the open ones first, then the latest of the others. */
export async function makeUpsOf(context: AppLoadContext, user: SignedInUser, studentId: string) {
  const { reader } = await readerFor(user, context);
  const rows = await listMakeUps(context.db, { studentIds: [studentId], limit: 5 });
  return rows.map((row) => viewMakeUp(row, { reader, base: '/office/sessions' }));
}
