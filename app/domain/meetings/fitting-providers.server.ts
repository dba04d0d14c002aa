import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { InstallView } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { findProviderTerms } from './check-provider.server.ts';
import { findMeetingSession } from './meeting-session.server.ts';
import { seatsProblem } from './seats.ts';

/** Providers that a room online can be had at now. */
export async function listOnlineProviders(db: Kysely<DB>, ctx: Pick<AppContext, 'plugins'>): Promise<InstallView[]> {
  const installs = await ctx.plugins.listInstalls(db, 'meeting');
  return installs.filter((install) => install.usable && install.capabilities?.links !== 'none');
}

/** Those of them that a session could have instead of its own: large enough, and its tutor is set up for them. */
export async function listFittingProviders(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'plugins'>,
  sessionId: string,
): Promise<{ id: string; name: string }[]> {
  const meeting = await findMeetingSession(db, sessionId);
  if (!meeting) return [];
  const fitting: { id: string; name: string }[] = [];
  for (const install of await listOnlineProviders(db, ctx)) {
    if (install.id === meeting.installId || seatsProblem(install, meeting.students)) continue;
    const terms = await findProviderTerms(db, ctx, install.id);
    if (terms.problemFor(meeting.tutor) === undefined) fitting.push({ id: install.id, name: install.name });
  }
  return fitting;
}
