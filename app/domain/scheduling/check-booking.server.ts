import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { availableFor, readCreditPools } from '#app/domain/billing/credits.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { listRatesFor, ratesOf } from '#app/domain/billing/session-facts.server.ts';
import { quoteFee, quotePay } from '#app/domain/billing/settlement.ts';
import type { DB } from '#db/types.ts';
import type { BookingFacts, PlannedTime } from './booking-facts.server.ts';
import type { BookingProblem } from './booking-problem.ts';
import { checkCalendars } from './check-calendars.server.ts';
import { occupationOf, planBooking } from './plan-booking.server.ts';
import type { BookSessionInput } from './session.schema.ts';

export interface QuotedPlace {
  studentId: string;
  name: string;
  /** The billing mode's plugin id. */
  billingMode: string;
  /** Net in minor units if it takes place as planned; null: no rate. */
  fee: bigint | null;
  /** Hundredths of a credit that booking takes; null where the mode takes none. */
  credits: bigint | null;
  creditsAvailable: bigint | null;
  /** The billing mode's own words. */
  note: string;
}

export interface BookingCheck {
  problems: BookingProblem[];
  startsAt: Date | null;
  endsAt: Date | null;
  places: QuotedPlace[];
  /** What the tutor is paid if it takes place as planned; null: no rate. For who may see pay. */
  pay: bigint | null;
}

/**
 * The dry run of a booking: what would refuse it, all of it, and what it would cost. Writes and locks nothing, so the
 * answer can be out of date by the time of saving; bookSession asks everything again under locks.
 */
export async function checkBooking(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: BookSessionInput & { exceptSessionId?: string | undefined; exceptHoldId?: string | undefined },
): Promise<BookingCheck> {
  const { facts, time, problems } = await planBooking(db, ctx, input);
  if (!time) return { problems, startsAt: null, endsAt: null, places: [], pay: null };
  const calendars = await checkCalendars(db, ctx, {
    occupation: occupationOf(facts, time),
    programId: facts.program.id,
    place: input.mode === 'in_person' ? facts.place : null,
    by: input.by ?? 'office',
    overruleStudents: input.overruleStudentConflict ?? false,
    startNow: input.startNow !== undefined,
    exceptSessionId: input.exceptSessionId,
    exceptHoldId: input.exceptHoldId,
  });
  problems.push(...calendars.problems);
  const quote = await quoteBooking(db, ctx, facts, time, input);
  problems.push(...quote.problems);
  return { problems, startsAt: time.startsAt, endsAt: time.endsAt, places: quote.places, pay: quote.pay };
}

async function quoteBooking(db: Kysely<DB>, ctx: DomainContext, facts: BookingFacts, time: PlannedTime, input: BookSessionInput) {
  const studentIds = facts.students.map((student) => student.id);
  const session = {
    programId: facts.program.id,
    subjectId: facts.subject.id,
    tutorId: facts.tutor.id,
    localDate: time.localDate,
    chargeRateOverride: input.chargeRateOverride ?? null,
    payRateOverride: input.payRateOverride ?? null,
  };
  const rates = await listRatesFor(db, { ...session, studentIds, date: time.localDate });
  const { charge, pay } = ratesOf(session, studentIds, rates);
  const pools = await readCreditPools(db, [
    ...new Map(facts.students.map((s) => [s.clientId, { id: s.clientId, ref: s.clientRef }])).values(),
  ]);
  const installs = new Map((await ctx.plugins.listInstalls(db, 'billing')).map((install) => [install.id, install]));
  const planned = facts.students.map((student) => ({
    id: student.id,
    studentRef: student.ref,
    outcome: 'planned' as const,
    chargeRate: charge(student.id),
  }));
  const chargeBasis = facts.program.chargeBasis === 'split' ? 'split' : 'per_student';
  const problems: BookingProblem[] = [];
  const places: QuotedPlace[] = [];
  const taken = new Map<string, bigint>();
  for (const student of facts.students) {
    const fee = quoteFee({ plannedMinutes: input.durationMinutes, chargeBasis, places: planned }, student.id);
    const pool = pools.get(student.clientId);
    const before = taken.get(student.clientId) ?? 0n;
    const available = pool
      ? availableFor(pool, { studentId: student.id, programId: facts.program.id, localDate: time.localDate }) - before
      : 0n;
    const mode = await ctx.plugins.billingMode(db, student.billingInstallId);
    const snapshot = {
      attendanceId: student.id,
      revision: 1,
      billable: input.billable,
      state: 'booked',
      outcome: 'planned',
      plannedMinutes: input.durationMinutes,
      minutes: null,
      chargePercent: null,
      fee: null,
      creditsAvailable: available,
      mayRefuse: input.shortOfCredits !== 'flag',
    } as const;
    const assessment = mode.assess(snapshot);
    const hold = assessment.targets.hold ?? 0n;
    taken.set(student.clientId, before + hold);
    if (assessment.refuse)
      problems.push({
        code: assessment.refuse.code,
        severity: 'blocking',
        field: 'studentIds',
        message: `${student.name}: ${assessment.refuse.message}`,
      });
    else if (assessment.flag)
      problems.push({
        code: 'insufficient_credits',
        severity: input.shortOfCredits === 'refuse' ? 'blocking' : 'warning',
        field: 'studentIds',
        message: `${student.name}: ${assessment.flag}`,
      });
    const invoiced = input.billable && hold === 0n && !assessment.leftOut;
    if (invoiced && fee === undefined) {
      problems.push({
        code: 'missing_rate',
        severity: 'warning',
        field: 'programId',
        message: `There is no rate for ${student.name} on this day: it can’t be invoiced until there is one.`,
      });
    }
    places.push({
      studentId: student.id,
      name: student.name,
      billingMode: installs.get(student.billingInstallId)?.pluginId ?? '',
      fee: invoiced ? (fee ?? null) : null,
      credits: hold > 0n ? hold : null,
      creditsAvailable: hold > 0n ? available : null,
      note: mode.explain(snapshot),
    });
  }
  const paid = quotePay({
    plannedMinutes: input.durationMinutes,
    chargeBasis,
    places: planned,
    payRate: pay,
    currencyDigits: currencyDigits(facts.organisation.currency),
  });
  return { problems, places, pay: paid.payLeftOut === 'missing_rate' ? null : (paid.pay?.amount ?? 0n) };
}
