import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { type BookingFacts, loadBookingFacts, planTime } from '#app/domain/scheduling/booking-facts.server.ts';
import { type BookingProblem, blocking } from '#app/domain/scheduling/booking-problem.ts';
import { providerProblems } from '#app/domain/scheduling/plan-booking.server.ts';
import { planProblems } from '#app/domain/scheduling/plan-problems.ts';
import { whyNotMade } from '#app/domain/scheduling/recurrence.ts';
import { minuteOfTime } from '#app/domain/scheduling/repeat.ts';
import type { DB } from '#db/types.ts';
import { findOccurrenceProblems, type OccurrenceFindings } from './find-occurrence-problems.server.ts';
import { type Occurrence, occurrenceOn, usualAction } from './occurrences.ts';
import { horizonOf } from './plan-series.server.ts';
import type { EditSeriesInput } from './series.schema.ts';
import { type EditEffects, effectsOf } from './series-edit.ts';
import {
  listMembers,
  listSeriesSessions,
  listSkips,
  membersOn,
  type SeriesRow,
  type SeriesSession,
} from './series-rows.server.ts';

export interface PlannedMove {
  session: SeriesSession;
  occurrence: Occurrence;
  findings: OccurrenceFindings;
  /** Undecided: something is in the way, and nobody has said what becomes of it. */
  action: 'move' | 'keep' | 'undecided';
  /** It stays at its time, in its place and with its tutor; only what it is about may change. */
  unmoved: boolean;
}

export interface PlannedAddition {
  occurrence: Occurrence;
  studentIds: string[];
  findings: OccurrenceFindings;
  action: 'book' | 'skip' | 'undecided';
}

export interface SeriesEditPlan {
  series: SeriesRow;
  effects: EditEffects<SeriesSession>;
  /** Of the tutor, room and place as they will be, and everybody in it. */
  facts: BookingFacts;
  /** Who is in all of them from then on. */
  roomId: string | null;
  placeId: string | null;
  problems: BookingProblem[];
  moves: PlannedMove[];
  additions: PlannedAddition[];
}

/**
 * What an edit would change, what would clash, and what stays as it is: the preview, and under the locks the edit itself.
 * @throws DomainError invalid_value (field until, count, date) for a rule that can't be made; unknown_reference
 */
export async function planSeriesEdit(
  db: Kysely<DB>,
  ctx: DomainContext,
  series: SeriesRow,
  input: Pick<EditSeriesInput, 'scope' | 'from' | 'change' | 'decisions' | 'overruleStudentConflict'>,
): Promise<SeriesEditPlan> {
  const { change } = input;
  const now = ctx.clock();
  if (series.endedAt) throw new DomainError('locked', 'This series has ended. Plan a new one.');
  const sessions = await listSeriesSessions(db, series.id, now);
  const [skips, members] = [await listSkips(db, series.id), await listMembers(db, series.id)];
  const tutorId = change.tutorId ?? series.tutorId;
  const roomId = change.roomId === undefined ? series.roomId : change.roomId;
  const placeId = change.placeId === undefined ? series.placeId : change.placeId;
  const everybody = [
    ...new Set([...members.map((member) => member.studentId), ...sessions.flatMap((session) => session.studentIds)]),
  ];
  const { programId, subjectId } = series;
  const facts = await loadBookingFacts(db, { tutorId, programId, subjectId, studentIds: everybody, roomId, placeId });
  const organisationZone = facts.organisation.timezone;
  const effects = effectsOf({
    series: { ...series, organisationZone, rolledTo: series.rolledTo ?? series.startsOn },
    sessions,
    skips: skips.map((skip) => skip.originalDate),
    scope: input.scope,
    from: input.from,
    change: {
      rrule: change.rrule,
      startMinute: change.time === undefined ? undefined : minuteOfTime(change.time),
      durationMinutes: change.durationMinutes,
      end: change.end && { untilOn: change.end.untilOn ?? null, occurrences: change.end.occurrences ?? null },
    },
    now,
    horizonDays: await horizonOf(db, tutorId, programId),
  });
  const tooLong = change.rrule || change.end ? whyNotMade(effects.recurrence) : undefined;
  if (tooLong) throw new DomainError('invalid_value', tooLong.message, { field: tooLong.field });

  const decided = new Map(input.decisions?.map((decision) => [decision.date, decision]));
  const time = { ...effects, zone: series.zone, organisationZone };
  const at = (occurrence: Occurrence): Occurrence => {
    const decision = decided.get(occurrence.date);
    return decision?.action === 'move' ? occurrenceOn(occurrence.date, time, decision.wallStart) : occurrence;
  };
  const going = effects.moves.filter(({ occurrence }) => decided.get(occurrence.date)?.action !== 'keep');
  const toCheck = [
    ...going.map(({ session, occurrence }) => ({ ...at(occurrence), studentIds: session.studentIds })),
    ...effects.booked.map((occurrence) => ({ ...at(occurrence), studentIds: membersOn(members, occurrence.date) })),
  ];
  const { byDate, calendar } = await findOccurrenceProblems(db, ctx, {
    tutor: facts.tutor,
    programId,
    roomId,
    place: series.mode === 'in_person' ? facts.place : null,
    overruleStudents: input.overruleStudentConflict ?? false,
    occurrences: toCheck,
    exceptSessionIds: [...going.map(({ session }) => session.id), ...effects.cancelled.map((session) => session.id)],
  });
  const findingsOf = (date: string): OccurrenceFindings => byDate.get(date) ?? { problems: [], overruled: new Set() };
  const moves = effects.moves.map(({ session, occurrence }): PlannedMove => {
    const decision = decided.get(occurrence.date)?.action;
    const findings = findingsOf(occurrence.date);
    const to = at(occurrence);
    const unmoved =
      to.startsAt?.getTime() === session.startsAt.getTime() &&
      to.durationMinutes === session.durationMinutes &&
      session.tutorId === tutorId &&
      session.roomId === roomId &&
      session.placeId === placeId;
    const stuck = !unmoved && blocking(findings.problems).length > 0;
    return { session, occurrence: to, findings, unmoved, action: decision === 'keep' ? 'keep' : stuck ? 'undecided' : 'move' };
  });
  const additions = effects.booked.map((occurrence): PlannedAddition => {
    const findings = findingsOf(occurrence.date);
    const decision = decided.get(occurrence.date)?.action;
    const stuck = blocking(findings.problems).length > 0;
    const usual = decision ? (stuck ? 'clash' : 'book') : usualAction(findings.problems);
    const action = decision === 'skip' || usual === 'skip' ? 'skip' : usual === 'book' ? 'book' : 'undecided';
    return { occurrence: at(occurrence), studentIds: membersOn(members, occurrence.date), findings, action };
  });
  const problems = await problemsOfWhole(db, ctx, { series, facts, effects, changed: change });
  if (calendar?.archived && moves.length + additions.length > 0)
    problems.push({ code: 'invalid_value', severity: 'blocking', field: 'tutorId', message: `${calendar.name} is archived.` });
  return { series, effects, facts, roomId, placeId, problems, moves, additions };
}

interface Whole {
  series: SeriesRow;
  facts: BookingFacts;
  effects: EditEffects<SeriesSession>;
  changed: EditSeriesInput['change'];
}

/** What is wrong with the change by itself; what the series has already may be kept, whatever the settings say now. */
async function problemsOfWhole(
  db: Kysely<DB>,
  ctx: DomainContext,
  { series, facts, effects, changed }: Whole,
): Promise<BookingProblem[]> {
  const first = [...effects.moves.map((move) => move.occurrence), ...effects.booked][0];
  const provider = series.meetingInstallId ? await findProviderTerms(db, ctx, series.meetingInstallId) : undefined;
  const found = planProblems(
    facts,
    {
      wallStart: first?.wallStart ?? `${effects.from}T00:00`,
      durationMinutes: effects.durationMinutes,
      studentIds: [],
      mode: series.mode === 'online' ? 'online' : 'in_person',
      capacity: series.capacity,
    },
    planTime({ wallStart: '2000-01-01T12:00', durationMinutes: 1 }, facts.organisation),
    new Date(0),
    provider,
  );
  const asked: Record<string, boolean> = {
    wallStart: changed.time !== undefined && effects.startMinute !== series.startMinute,
    durationMinutes: effects.durationMinutes !== series.durationMinutes,
    subjectId: facts.tutor.id !== series.tutorId,
    roomId: changed.roomId !== undefined && changed.roomId !== series.roomId,
    placeId: changed.placeId !== undefined && changed.placeId !== series.placeId,
  };
  const problems = found.filter(({ field = '' }) => asked[field]);
  return facts.tutor.id === series.tutorId ? problems : problems.concat(providerProblems(provider, facts.tutor, 0, 'tutorId'));
}
