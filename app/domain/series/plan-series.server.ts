import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { type BookingFacts, loadBookingFacts, planTime } from '#app/domain/scheduling/booking-facts.server.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { chooseProvider, providerProblems } from '#app/domain/scheduling/plan-booking.server.ts';
import { planProblems } from '#app/domain/scheduling/plan-problems.ts';
import { listDates, type Recurrence, whyNotMade } from '#app/domain/scheduling/recurrence.ts';
import { minuteOfTime } from '#app/domain/scheduling/repeat.ts';
import { schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import type { PlacePoint } from '#app/domain/scheduling/travel.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { findOccurrenceProblems, type OccurrenceFindings } from './find-occurrence-problems.server.ts';
import { type Occurrence, occurrenceOn, usualAction } from './occurrences.ts';
import { rollUntil } from './roll-until.ts';
import type { CreateSeriesInput, Decision } from './series.schema.ts';

export interface SeriesPlan {
  facts: BookingFacts;
  recurrence: Recurrence;
  startMinute: number;
  zone: string;
  installId: string | undefined;
  place: PlacePoint | null;
  /** What speaks against the series as a whole. */
  problems: BookingProblem[];
  /** One for each day of the rule that is made now, at the time decided for it. */
  occurrences: Occurrence[];
  /** Up to which day its sessions are made now. */
  rolledTo: string;
}

/** What a new series comes to before anyone's calendar is asked. @throws DomainError unknown_reference, invalid_value */
export async function planSeries(db: Kysely<DB>, ctx: DomainContext, input: CreateSeriesInput): Promise<SeriesPlan> {
  const recurrence: Recurrence = {
    rrule: input.rrule,
    startsOn: input.startsOn,
    untilOn: input.untilOn ?? null,
    occurrences: input.occurrences ?? null,
  };
  const tooLong = whyNotMade(recurrence);
  if (tooLong) throw new DomainError('invalid_value', tooLong.message, { field: tooLong.field });
  const facts = await loadBookingFacts(db, input);
  const zone = input.zone ?? facts.organisation.timezone;
  const startMinute = minuteOfTime(input.time);
  const open = recurrence.untilOn === null && recurrence.occurrences === null;
  const today = localDateOf(ctx.clock(), zone);
  const rolledTo = open ? rollUntil(input.startsOn, today, await horizonOf(db, input.tutorId, input.programId)) : undefined;
  const dates = listDates(recurrence, rolledTo === undefined ? {} : { to: rolledTo });
  const time = { startMinute, durationMinutes: input.durationMinutes, zone, organisationZone: facts.organisation.timezone };
  const decided = new Map(input.decisions?.map((decision) => [decision.date, decision]));
  const occurrences = dates.map((date) => occurrenceOn(date, time, movedTo(decided.get(date))));
  const students = Math.max(input.studentIds.length, input.capacity ?? 0);
  const installId = input.mode === 'online' ? await chooseProvider(db, ctx, facts, students, input.meetingInstallId) : undefined;
  const provider = installId ? await findProviderTerms(db, ctx, installId) : undefined;
  const [first] = occurrences;
  // Whether a time exists, and is past, is said of each day.
  const someTime = planTime({ wallStart: '2000-01-01T12:00', durationMinutes: 1 }, facts.organisation);
  const checked = { ...input, wallStart: first && !first.moved ? first.wallStart : `${input.startsOn}T${input.time}` };
  const problems = planProblems(facts, checked, someTime, new Date(0), provider).concat(
    providerProblems(provider, facts.tutor, students),
  );
  return {
    facts,
    recurrence,
    startMinute,
    zone,
    installId,
    place: input.mode === 'in_person' ? facts.place : null,
    problems,
    occurrences,
    rolledTo: rolledTo ?? dates.at(-1) ?? input.startsOn,
  };
}

const movedTo = (decision: Decision | undefined) => (decision?.action === 'move' ? decision.wallStart : undefined);

/** How far ahead an open series of this tutor and program is made, in days. */
export async function horizonOf(db: Kysely<DB>, tutorId: string, programId: string): Promise<number> {
  const { rows } = await sql<{ organisation: unknown; program: unknown; tutor: unknown }>`
    SELECT o.scheduling AS organisation,
           (SELECT scheduling_overrides FROM program WHERE id = ${programId}) AS program,
           (SELECT scheduling_overrides FROM tutor WHERE id = ${tutorId}) AS tutor
    FROM organisation o`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('there is no organisation');
  return schedulingRulesFor(row).horizonDays;
}

export interface CheckedOccurrence {
  occurrence: Occurrence;
  findings: OccurrenceFindings;
  /** What is done about it: as decided, else as usual; a clash that nobody has decided about is undecided. */
  action: 'book' | 'skip' | 'undecided';
}

/** Asks everybody's calendar about each occurrence of a plan, and says what would be done about it; of the whole, the plan's problems. */
export async function checkPlan(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  plan: SeriesPlan,
  input: Pick<CreateSeriesInput, 'studentIds' | 'roomId' | 'overruleStudentConflict' | 'decisions' | 'clashes'>,
): Promise<CheckedOccurrence[]> {
  const { byDate, calendar } = await findOccurrenceProblems(db, ctx, {
    tutor: plan.facts.tutor,
    programId: plan.facts.program.id,
    roomId: input.roomId ?? null,
    place: plan.place,
    overruleStudents: input.overruleStudentConflict ?? false,
    occurrences: plan.occurrences.map((occurrence) => ({ ...occurrence, studentIds: input.studentIds })),
  });
  if (calendar?.archived)
    plan.problems.push({
      code: 'invalid_value',
      severity: 'blocking',
      field: 'tutorId',
      message: `${calendar.name} is archived.`,
    });
  const decided = new Map(input.decisions?.map((decision) => [decision.date, decision.action]));
  return plan.occurrences.map((occurrence) => {
    const findings = byDate.get(occurrence.date) ?? { problems: [], overruled: new Set<string>() };
    return { occurrence, findings, action: actionOf(findings.problems, decided.get(occurrence.date), input.clashes) };
  });
}

function actionOf(
  problems: readonly BookingProblem[],
  decided: Decision['action'] | undefined,
  clashes: CreateSeriesInput['clashes'],
): CheckedOccurrence['action'] {
  if (decided === 'skip') return 'skip';
  const blocked = problems.some((problem) => problem.severity === 'blocking');
  // Whoever says "book" has seen the warnings; what blocks is not theirs to wave through.
  if (decided === 'book' || decided === 'move') return blocked ? 'undecided' : 'book';
  const usual = usualAction(problems);
  if (usual !== 'clash') return usual;
  return clashes === 'skip' ? 'skip' : 'undecided';
}
