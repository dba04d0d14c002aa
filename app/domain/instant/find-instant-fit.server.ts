import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { BookedBy } from '#app/domain/scheduling/fit.ts';
import { listTaken } from '#app/domain/scheduling/list-slots.server.ts';
import { sessionLengths } from '#app/domain/scheduling/session-lengths.ts';
import { loadTutorCalendars } from '#app/domain/scheduling/tutor-calendars.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { type InstantFit, instantFit } from './instant-fit.ts';

/** Further ahead nobody waits for it: it is booked. */
const LOOK_AHEAD_MINUTES = 12 * 60;

/** Which lengths fit now and when the wanted one could begin, for this tutor and student; nothing is kept for anybody. */
export async function findInstantFit(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: {
    by: BookedBy;
    tutorId: string;
    /** Null: somebody new, who is free. */
    studentId: string | null;
    programId: string;
    durationMinutes: number;
    installId: string;
  },
): Promise<InstantFit> {
  const now = ctx.clock();
  const until = addMinutes(now, LOOK_AHEAD_MINUTES);
  const [organisation, program, provider] = await Promise.all([
    getOrganisation(db),
    db.selectFrom('program').select(['durations', 'gridMinutes']).where('id', '=', input.programId).executeTakeFirst(),
    findProviderTerms(db, ctx, input.installId),
  ]);
  if (!program) return { now: [], next: null };
  const { durations } = sessionLengths(organisation, program, provider);
  const to = addMinutes(until, Math.max(0, ...durations));
  const [calendars, taken] = await Promise.all([
    loadTutorCalendars(db, { tutorIds: [input.tutorId], from: now, to, programId: input.programId, now }),
    listTaken(db, { resourceIds: input.studentId ? [input.studentId] : [], from: now, to }),
  ]);
  const calendar = calendars.get(input.tutorId);
  if (!calendar) return { now: [], next: null };
  const { by, programId, durationMinutes: wanted } = input;
  return instantFit(calendar, { by, now, until, programId, durations, wanted, taken });
}
