import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { chooseProvider } from '#app/domain/scheduling/plan-booking.server.ts';
import type { InstallView } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';

/** Rooms that can be had at once, for one tutor and one student. */
export async function listInstantProviders(db: Kysely<DB>, ctx: Pick<DomainContext, 'plugins'>): Promise<InstallView[]> {
  const installs = await ctx.plugins.listInstalls(db, 'meeting');
  return installs.filter((install) => install.usable && canBeHadAtOnce(install));
}

function canBeHadAtOnce({ capabilities }: InstallView): boolean {
  if (!capabilities?.instant || capabilities.links === 'none') return false;
  return capabilities.maxParticipants === null || capabilities.maxParticipants >= 2;
}

/**
 * The provider of a session that starts now: the one that was named, else the one a booking would take, and where that
 * one can't be had at once the first that can.
 * @throws DomainError provider_not_connected at `meetingInstallId`
 */
export async function chooseInstantProvider(
  db: Kysely<DB>,
  ctx: DomainContext,
  { programId, installId }: { programId: string; installId: string | null },
): Promise<string> {
  const usable = await listInstantProviders(db, ctx);
  const refuse = (message: string) => new DomainError('provider_not_connected', message, { field: 'meetingInstallId' });
  const [first] = usable;
  if (!first) throw refuse('No provider of rooms that can be had at once is set up. The office can set one up in the settings.');
  if (installId) {
    if (usable.some((install) => install.id === installId)) return installId;
    throw refuse('This room can’t be had at once. Choose another.');
  }
  const [organisation, program] = await Promise.all([
    getOrganisation(db),
    db.selectFrom('program').select('meetingInstallId').where('id', '=', programId).executeTakeFirst(),
  ]);
  if (!program) throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  const usual = await chooseProvider(db, ctx, { organisation, program }, 1);
  return usable.find((install) => install.id === usual)?.id ?? first.id;
}
