import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { defaultProviderFor } from './default-provider.server.ts';
import { planMeeting } from './plan-meeting.server.ts';
import { seatsProblem } from './seats.ts';

/**
 * Before a place is added to a session: its room must be large enough. A room that is there only because it is the usual
 * one gives way to a larger one; one that somebody chose does not.
 * @throws DomainError invalid_value (field studentIds)
 */
export async function fitMeeting(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'plugins' | 'enqueue' | 'clock'>,
  { sessionId, students }: { sessionId: string; students: number },
): Promise<void> {
  const row = await trx
    .selectFrom('meeting')
    .innerJoin('session', 'session.id', 'meeting.sessionId')
    .innerJoin('program', 'program.id', 'session.programId')
    .innerJoin('organisation', (join) => join.onTrue())
    .select(['meeting.installId', 'program.meetingInstallId as ofProgram', 'organisation.meetingInstallId as usual'])
    .where('meeting.sessionId', '=', sessionId)
    .where('meeting.state', '<>', 'released')
    .executeTakeFirst();
  if (!row) return;
  const install = await ctx.plugins.findInstall(trx, row.installId);
  const problem = install && seatsProblem(install, students);
  if (!problem) return;
  const nobodyChose = row.ofProgram === null && (row.usual === null || row.usual === row.installId);
  const other = nobodyChose ? await defaultProviderFor(trx, ctx, { installId: row.usual, students }) : undefined;
  if (!other || other === row.installId) throw new DomainError('invalid_value', problem, { field: 'studentIds' });
  await planMeeting(trx, ctx, { sessionId, installId: other });
}
