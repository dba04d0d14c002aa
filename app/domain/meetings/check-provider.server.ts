import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MeetingTutor } from '#plugins/contract/index.ts';

/** A provider asked for a room: the lengths it takes, and why this tutor can't be given one. */
export interface ProviderCheck {
  durations: number[] | null;
  gridMinutes: number | null;
  problem: string | undefined;
}

/** Said at booking and not at the hour. */
export async function checkProvider(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  installId: string,
  tutor: MeetingTutor,
): Promise<ProviderCheck> {
  const install = await ctx.plugins.findInstall(db, installId);
  if (install?.kind !== 'meeting') return { durations: null, gridMinutes: null, problem: 'Choose a meeting provider.' };
  const { durations, gridMinutes } = install;
  if (!install.usable) return { durations, gridMinutes, problem: install.problem ?? `${install.name} is disabled.` };
  const { provider } = await ctx.plugins.meetingProvider(db, install.id);
  return { durations, gridMinutes, problem: provider.missingFor?.(tutor) };
}

/** @throws DomainError provider_not_connected at `meetingInstallId`, not_found */
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
  const { problem } = await checkProvider(db, ctx, input.installId, {
    id: tutor.id,
    name,
    personalRoomUrl: tutor.personalRoomUrl,
  });
  if (problem) throw new DomainError('provider_not_connected', problem, { field: 'meetingInstallId' });
}
