import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { BookingProblem } from './booking-problem.ts';
import { type Clash, clashProblems, findClashes, type Occupation } from './conflicts.server.ts';
import { type BookedBy, mayOverrule, whyNot } from './fit.ts';
import type { PlacePoint } from './travel.ts';
import { loadTutorCalendars } from './tutor-calendars.server.ts';

export interface CalendarsChecked {
  occupation: Occupation;
  programId: string;
  /** Of a session in person whose place is known; else null. */
  place: PlacePoint | null;
  by: BookedBy;
  overruleStudents: boolean;
  /** The session that is to be moved. */
  exceptSessionId?: string | undefined;
  /** The booker's own. */
  exceptHoldId?: string | undefined;
  /** When the time was asked for: notice and horizon count from then. Default: now. */
  askedAt?: Date | undefined;
  /** It begins at the moment at which it is booked. */
  startNow?: boolean | undefined;
}

/**
 * What everybody's calendar says to a plan: clashes of tutor, students and room with the sessions they are with, and what
 * the tutor's hours, time off, closures, limits and ways say (fit.ts). Under the locks the answer stays true to the commit.
 */
export async function checkCalendars(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { occupation, programId, place, by, overruleStudents, exceptSessionId, exceptHoldId, askedAt, startNow }: CalendarsChecked,
): Promise<{ clashes: Clash[]; problems: BookingProblem[] }> {
  const now = ctx.clock();
  const { tutorId, startsAt, endsAt } = occupation;
  const clashes = await findClashes(db, occupation, { now, exceptSessionId, exceptHoldId });
  const calendars = await loadTutorCalendars(db, {
    tutorIds: [tutorId],
    from: startsAt,
    to: endsAt,
    programId,
    placeId: place?.id,
    exceptSessionId,
    exceptHoldId,
    now,
  });
  const calendar = calendars.get(tutorId);
  const reasons = calendar ? whyNot(calendar, { startsAt, endsAt, programId, place }, { by, now: askedAt ?? now, startNow }) : [];
  const named = clashProblems(clashes, overruleStudents && mayOverrule(by)).map((problem) => ({
    ...problem,
    sessions: maySee(by, problem.code) ? (problem.sessions ?? []) : [],
  }));
  // The same clash, there with the sessions it is with.
  const said = new Set(named.map((problem) => problem.code));
  const told = mayOverrule(by) || by === 'tutor' ? reasons : reasons.map(withoutPlaces);
  return { clashes, problems: [...named, ...told.filter((reason) => !said.has(reason.code))] };
}

/** A place that the tutor comes from can be another family's home. */
export const withoutPlaces = <P extends { code: string; message: string }>(problem: P): P =>
  problem.code === 'travel_conflict'
    ? { ...problem, message: 'The tutor can’t get there in time from the session before, or from there to the one after.' }
    : problem;

/** With whom others have their sessions is the office's to know; a tutor knows their own. */
const maySee = (by: BookedBy, code: BookingProblem['code']) => mayOverrule(by) || (by === 'tutor' && code === 'tutor_conflict');
