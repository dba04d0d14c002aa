import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { OF_ENGAGEMENT } from '#app/domain/engagements/queries.server.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { loadBookingFacts } from '#app/domain/scheduling/booking-facts.server.ts';
import { chooseProvider } from '#app/domain/scheduling/plan-booking.server.ts';
import { sessionLengths } from '#app/domain/scheduling/session-lengths.ts';
import type { DB } from '#db/types.ts';

export interface UsualPlace {
  mode: 'online' | 'in_person';
  location: string;
  placeId: string | null;
}

/** Where their sessions were, the latest online and the latest in person; the first is the usual one. */
export async function listUsualPlaces(db: Kysely<DB>, engagementId: string): Promise<UsualPlace[]> {
  const { rows } = await sql<UsualPlace>`
    SELECT mode, location, place_id FROM (
      SELECT DISTINCT ON (s.mode) s.mode, s.location, s.place_id, s.starts_at
      FROM engagement e JOIN attendance a ON a.student_id = e.student_id JOIN session s ON s.id = a.session_id AND ${OF_ENGAGEMENT}
      WHERE e.id = ${engagementId} AND s.status NOT IN ('declined')
      ORDER BY s.mode, s.starts_at DESC) latest
    ORDER BY starts_at DESC`.execute(db);
  return rows.length > 0 ? rows : [{ mode: 'online', location: '', placeId: null }];
}

interface Terms {
  /** What can be chosen, in order. */
  durations: number[];
  gridMinutes: number;
  /** What is chosen at first. */
  usualMinutes: number | null;
}

/** How long a session of this engagement may be: by the organisation, the program and the provider. */
export async function lengthsOf(
  db: Kysely<DB>,
  ctx: DomainContext,
  of: { tutorId: string; studentId: string; programId: string; subjectId: string; defaultMinutes?: number | null },
  mode: 'online' | 'in_person',
): Promise<Terms> {
  const facts = await loadBookingFacts(db, { ...of, studentIds: [of.studentId] });
  const installId = mode === 'online' ? await chooseProvider(db, ctx, facts, 1) : undefined;
  const provider = installId ? await findProviderTerms(db, ctx, installId) : undefined;
  const { durations, gridMinutes } = sessionLengths(facts.organisation, facts.program, provider);
  const program = await db.selectFrom('program').select('defaultDuration').where('id', '=', of.programId).executeTakeFirst();
  const usual = [of.defaultMinutes, program?.defaultDuration, 60].find((minutes) => minutes && durations.includes(minutes));
  return { durations, gridMinutes, usualMinutes: usual ?? durations[0] ?? null };
}
