import type { AppLoadContext } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import type { OwnPlanner } from '#app/domain/booking-requests/planner.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

interface Args {
  request: Request;
  context: AppLoadContext;
}

/** Who plans on a tutor's page; a user who is no tutor on record has nothing to plan. */
export async function tutorPlanner(args: Args) {
  const user = await authorize(args, 'tutor.enter');
  if (user.tutorId === null) throw notFound();
  const planner: OwnPlanner & { by: 'tutor' } = { by: 'tutor', tutorId: user.tutorId };
  const { organisation, reader } = await readerFor(user, args.context);
  return { user, planner, organisation, reader, actor: actorOf(user, args.context), context: args.context, money: false };
}

/** Who plans on a family's page. A student who is nobody's client sees no money. */
export async function familyPlanner(args: Args) {
  const user = await authorize(args, 'family.enter');
  const { clientIds, studentIds } = user;
  const planner: OwnPlanner & { by: 'family' } = { by: 'family', clientIds, studentIds };
  const { organisation, reader } = await readerFor(user, args.context);
  return {
    user,
    planner,
    organisation,
    reader,
    actor: actorOf(user, args.context),
    context: args.context,
    money: user.roles.includes('client'),
  };
}

export type PlanningPage = Awaited<ReturnType<typeof tutorPlanner | typeof familyPlanner>>;

/** Whom to turn to where nothing can be done on the page. */
export function tellTheOffice({ organisation: { phone, email } }: Pick<PlanningPage, 'organisation'>): string {
  const ways = [phone, email].filter(Boolean).join(', ');
  return ways ? `Tell the office: ${ways}` : 'Tell the office.';
}
