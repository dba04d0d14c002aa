import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { missingConnection } from '#app/domain/connections/missing-connection.ts';
import { connectionStates } from '#app/domain/connections/queries.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MeetingTutor } from '#plugins/contract/index.ts';
import { seatsProblem } from './seats.ts';

/** A meeting provider as a booking asks it. */
export interface ProviderTerms {
  /** Lengths it takes, and minutes its sessions begin at; null: any. */
  durations: number[] | null;
  gridMinutes: number | null;
  /** Why a tutor can't be given a room there, said at booking and not at the hour; undefined when they can. */
  problemFor(tutor: MeetingTutor): string | undefined;
  /** Why so many students are too many for it; undefined when they fit. */
  tooManyFor(students: number): string | undefined;
}

export async function findProviderTerms(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  installId: string,
): Promise<ProviderTerms> {
  const install = await ctx.plugins.findInstall(db, installId);
  if (install?.kind !== 'meeting') {
    const problemFor = () => 'Choose a meeting provider.';
    return { durations: null, gridMinutes: null, problemFor, tooManyFor: () => undefined };
  }
  const { durations, gridMinutes } = install;
  const tooManyFor = (students: number) => seatsProblem(install, students);
  if (!install.usable) {
    return { durations, gridMinutes, problemFor: () => install.problem ?? `${install.name} is disabled.`, tooManyFor };
  }
  const { provider, capabilities, tutorsConnect } = await ctx.plugins.meetingProvider(db, install.id);
  const connections = tutorsConnect && capabilities.auth === 'per_tutor' ? await connectionStates(db, install.id) : undefined;
  return {
    durations,
    gridMinutes,
    tooManyFor,
    problemFor: (tutor) =>
      provider.missingFor?.(tutor) ?? (connections && missingConnection(tutor.name, install.name, connections.get(tutor.id))),
  };
}

/** @throws DomainError provider_not_connected, or invalid_value for too many students, at `meetingInstallId`; not_found */
export async function checkMeetingProvider(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  input: { installId: string; tutorId: string; students: number },
): Promise<void> {
  const tutor = await db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName', 'email', 'personalRoomUrl'])
    .where('id', '=', input.tutorId)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
  const name = `${tutor.firstName} ${tutor.lastName}`.trim();
  const provider = await findProviderTerms(db, ctx, input.installId);
  const problem = provider.problemFor({ id: tutor.id, name, email: tutor.email, personalRoomUrl: tutor.personalRoomUrl });
  if (problem) throw new DomainError('provider_not_connected', problem, { field: 'meetingInstallId' });
  const tooMany = provider.tooManyFor(input.students);
  if (tooMany) throw new DomainError('invalid_value', tooMany, { field: 'meetingInstallId' });
}
