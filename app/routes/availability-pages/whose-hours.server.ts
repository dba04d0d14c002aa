import type { AppLoadContext } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** Whose hours a page is about, and who looks at them: their tutor, or the office. */

interface Args {
  request: Request;
  context: AppLoadContext;
  params: { id?: string | undefined };
}

export interface Whose {
  tutor: { id: string; name: string; zone: string };
  as: 'tutor' | 'office';
  /** Where the pages are, e.g. /tutor/availability. */
  base: string;
}

async function pageOf(context: AppLoadContext, user: SignedInUser, tutorId: string, as: Whose['as'], base: string) {
  const [{ id, name, timezone }, { organisation, reader }] = await Promise.all([
    found(getTutor(context.db, tutorId)),
    readerFor(user, context),
  ]);
  const whose: Whose = { tutor: { id, name, zone: timezone }, as, base };
  return { whose, organisation, reader, context, actor: actorOf(user, context) };
}
export type AvailabilityPage = Awaited<ReturnType<typeof pageOf>>;

/** The office, for the tutor that the address names. */
export async function officePage(args: Args): Promise<AvailabilityPage> {
  const id = recordIdOf(args.params);
  // A tutor has pages of their own; these are the office's.
  await authorize(args, 'office.enter');
  const user = await authorize(args, 'availability.write', { type: 'tutor', tutorId: id });
  return pageOf(args.context, user, id, 'office', `/office/tutors/${id}/availability`);
}

/** The signed-in tutor; null where the account is no tutor's. */
export async function tutorPage(args: Args): Promise<AvailabilityPage | null> {
  const user = await authorize(args, 'tutor.enter');
  if (user.tutorId === null) return null;
  await authorize(args, 'availability.write', { type: 'tutor', tutorId: user.tutorId });
  return pageOf(args.context, user, user.tutorId, 'tutor', '/tutor/availability');
}

/** For what a tutor writes: without a record there is nothing to write to. */
export async function tutorPageOrNotFound(args: Args): Promise<AvailabilityPage> {
  const page = await tutorPage(args);
  if (!page) throw notFound();
  return page;
}
