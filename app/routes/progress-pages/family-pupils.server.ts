import type { AppLoadContext } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { listPupils, type Pupil } from '#app/domain/progress/progress-queries.server.ts';
import { familyOf } from '../session-pages/family-sessions.server.ts';

/**
 * The family with its students, and the one that the address names (`?student=`), else the first, or with `all` nobody;
 * null where there is none. `shown` is whose sessions the page lists: everybody's, or the one's.
 */
export async function familyPupils(args: { request: Request; context: AppLoadContext }, { all = false } = {}) {
  const of = await familyOf(args);
  const pupils = await listPupils(args.context.db, of.family.studentIds);
  const asked = new URL(args.request.url).searchParams.get('student');
  const pupil: Pupil | undefined = asked ? pupils.find(({ id }) => id === asked) : all ? undefined : pupils[0];
  // Also where there is such a student in another family.
  if (asked && !pupil) throw notFound();
  const shown = pupil ? { clientIds: [], studentIds: [pupil.id] } : of.family;
  return { ...of, pupils, pupil: pupil ?? null, shown };
}
