import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/**
 * Says at once, not at the hour, that a tutor can't be given a room at a provider. Throws DomainError
 * `provider_not_connected` at the field `meetingInstallId`.
 */
export async function checkMeetingProvider(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  input: { installId: string; tutorId: string },
): Promise<void> {
  const refuse = (message: string) => new DomainError('provider_not_connected', message, { field: 'meetingInstallId' });
  const install = await ctx.plugins.findInstall(db, input.installId);
  if (install?.kind !== 'meeting') throw refuse('Choose a meeting provider.');
  if (!install.usable) throw refuse(install.problem ?? `${install.name} is disabled.`);
  const tutor = await db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName', 'personalRoomUrl'])
    .where('id', '=', input.tutorId)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'There is no such tutor.');
  const { provider } = await ctx.plugins.meetingProvider(db, install.id);
  const name = `${tutor.firstName} ${tutor.lastName}`.trim();
  const missing = provider.missingFor?.({ id: tutor.id, name, personalRoomUrl: tutor.personalRoomUrl });
  if (missing) throw refuse(missing);
}
