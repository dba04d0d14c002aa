import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { type EngagementFilter, listEngagements } from '#app/domain/engagements/queries.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { type EngagementView, viewEngagement } from './engagement-view.ts';

/** The open engagements of somebody, as their page shows them. */
export async function engagementsOf(
  context: AppLoadContext,
  user: SignedInUser,
  filter: Pick<EngagementFilter, 'tutorId' | 'studentIds'>,
): Promise<EngagementView[]> {
  const { reader } = await readerFor(user, context);
  const rows = await listEngagements(context.db, reader.now, { ...filter, open: true, limit: 100 });
  return rows.map((row) => viewEngagement(row, reader));
}
