import type { AppLoadContext } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { listPupils, type Pupil } from '#app/domain/progress/progress-queries.server.ts';
import { familyOf } from '../session-pages/family-sessions.server.ts';

/** The family with its students, and the one that the address names (`?student=`), else the first; null where there is none. */
export async function familyPupils(args: { request: Request; context: AppLoadContext }) {
  const of = await familyOf(args);
  const pupils = await listPupils(args.context.db, of.family.studentIds);
  const asked = new URL(args.request.url).searchParams.get('student');
  const pupil: Pupil | undefined = asked ? pupils.find(({ id }) => id === asked) : pupils[0];
  // Also where there is such a student in another family.
  if (asked && !pupil) throw notFound();
  return { ...of, pupils, pupil: pupil ?? null };
}
