import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MeetingTutor } from '#plugins/contract/index.ts';

/** Why a tutor can't be given a room at a provider, said at booking and not at the hour; undefined when they can. */
export async function findProviderProblem(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  installId: string,
  tutor: MeetingTutor,
): Promise<string | undefined> {
  const install = await ctx.plugins.findInstall(db, installId);
  if (install?.kind !== 'meeting') return 'Choose a meeting provider.';
  if (!install.usable) return install.problem ?? `${install.name} is disabled.`;
  const { provider } = await ctx.plugins.meetingProvider(db, install.id);
  return provider.missingFor?.(tutor);
}

/** As findProviderProblem. @throws DomainError provider_not_connected at `meetingInstallId`, not_found */
export async function checkMeetingProvider(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  input: { installId: string; tutorId: string },
): Promise<void> {
  const tutor = await db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName', 'personalRoomUrl'])
    .where('id', '=', input.tutorId)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'There is no such tutor.');
  const name = `${tutor.firstName} ${tutor.lastName}`.trim();
  const problem = await findProviderProblem(db, ctx, input.installId, {
    id: tutor.id,
    name,
    personalRoomUrl: tutor.personalRoomUrl,
  });
  if (problem) throw new DomainError('provider_not_connected', problem, { field: 'meetingInstallId' });
}
