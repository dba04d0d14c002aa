import type { AppLoadContext } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { type Action, can, type Subject } from '#app/auth/can.ts';
import { familyOfUser, type SignedInUser } from '#app/auth/signed-in-user.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import { getSession, type SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { readerOf } from '#app/ui/session-when.ts';

/** What the loaders and actions of one session's pages begin with. */

export interface Args {
  request: Request;
  context: AppLoadContext;
  params: { id?: string | undefined };
}

export function subjectOf(session: SessionDetail): Subject {
  return {
    type: 'session',
    tutorId: session.tutor.id,
    clientIds: session.places.map((place) => place.clientId),
    studentIds: session.places.map((place) => place.studentId),
  };
}

/** Whose eyes and clock a page is made for. */
export async function readerFor(user: SignedInUser, context: AppLoadContext) {
  const organisation = await getOrganisation(context.db);
  return { organisation, reader: readerOf(user, organisation, context.clock()) };
}

async function sessionWith(args: Args, user: SignedInUser, mine: (session: SessionDetail) => boolean) {
  const { context, params } = args;
  if (!isId(params.id)) throw notFound();
  const [session, { organisation, reader }] = await Promise.all([
    getSession(context.db, params.id).catch((error) => {
      if (isDomainError(error, 'not_found')) throw notFound();
      throw error;
    }),
    readerFor(user, context),
  ]);
  // That a session of others exists is a secret: the same answer as for one that doesn't.
  if (!mine(session)) throw notFound();
  return { user, session, organisation, reader, actor: actorOf(user, context), context };
}

export async function loadOfficeSession(args: Args, action: Action) {
  const user = await authorize(args, 'office.enter');
  return sessionWith(args, user, (session) => can(user, action, subjectOf(session)));
}

/** The tutor's own session, also for somebody whose other role would open every one. */
export async function loadTutorSession(args: Args, action: Action) {
  const user = await authorize(args, 'tutor.enter');
  return sessionWith(
    args,
    user,
    (session) => user.tutorId !== null && session.tutor.id === user.tutorId && can(user, action, subjectOf(session)),
  );
}

/** What whoever only cares for a student does with a session; the rest costs whoever pays. */
const GUARDIANS: readonly Action[] = ['session.read', 'session.ask'];

/**
 * A session with a place of this family in it; `own` are those places and no others. `guarded`: they only care for the
 * student, and somebody else pays; the payer's address is then left out.
 */
export async function loadFamilySession(args: Args, action: Action) {
  const user = await authorize(args, 'family.enter');
  const pays = (place: { clientId: string; studentId: string }) =>
    user.clientIds.includes(place.clientId) || user.studentIds.includes(place.studentId);
  const isOwn = (place: { clientId: string; studentId: string }) =>
    pays(place) || (GUARDIANS.includes(action) && user.guardedIds.includes(place.studentId));
  const loaded = await sessionWith(args, user, (session) => session.places.some(isOwn) && can(user, action, subjectOf(session)));
  const [session] = await withoutHomes(args.context.db, familyOfUser(user), [loaded.session]);
  const own = loaded.session.places.filter(isOwn);
  return { ...loaded, session: session ?? loaded.session, own, guarded: !own.some(pays) };
}
