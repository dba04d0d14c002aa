import type { AppLoadContext } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { InstantStarter } from '#app/domain/instant/start-instant-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import type { InstantSight } from './instant-view.ts';

interface Args {
  request: Request;
  context: AppLoadContext;
}

/** Who starts a session on a page: a tutor for themselves, or the office for anybody. */
export async function instantStarter(args: Args, by: InstantStarter) {
  const { context } = args;
  const user = by === 'office' ? await authorize(args, 'session.instant') : await authorize(args, 'tutor.enter');
  const tutorId = by === 'office' ? null : user.tutorId;
  if (by === 'tutor' && (!tutorId || !can(user, 'session.instant', { type: 'tutor', tutorId }))) throw notFound();
  const { organisation, reader } = await readerFor(user, context);
  const sight: InstantSight = {
    reader,
    by,
    currency: organisation.currency,
    charge: by === 'office' && can(user, 'rates.charge.read'),
  };
  return { by, user, tutorId, organisation, reader, sight, context, actor: actorOf(user, context) };
}

export type InstantPageOf = Awaited<ReturnType<typeof instantStarter>>;
