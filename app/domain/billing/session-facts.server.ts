import { type Kysely, sql, type Transaction } from 'kysely';
import { type Policy, policyOf } from '#app/domain/organisation/policies.ts';
import type { DB } from '#db/types.ts';
import { comparePercent, currencyDigits } from './money.ts';
import type { Outcome } from './outcomes.ts';
import { type ChosenRate, chooseRate, type Rate, type RateBasis } from './pricing.ts';
import type { PlaceFacts, SessionFacts, Waived } from './settlement.ts';

export interface RateScope {
  programId: string;
  subjectId: string;
  tutorId: string;
  studentIds: readonly string[];
  date: string;
}

/** What of a row of `rate` the pure rules go by. */
export const rateColumns = [
  'id',
  'side',
  'programId',
  'subjectId',
  'tutorId',
  'studentId',
  'basis',
  'amountPerHour',
  'percent',
  'minimum',
  'validFrom',
  'validTo',
] as const;

/** A row as it was read by those columns; the database allows no other side and basis. */
export const asRate = <R extends { side: string; basis: string }>(row: R): R & Pick<Rate, 'side' | 'basis'> => ({
  ...row,
  side: row.side === 'pay' ? 'pay' : 'charge',
  basis: row.basis as RateBasis,
});

/** Every rate row, of both sides, that could hold for a session on its day. */
export async function listRatesFor(db: Kysely<DB>, scope: RateScope): Promise<Rate[]> {
  const rows = await db
    .selectFrom('rate')
    .select(rateColumns)
    .where('validFrom', '<=', scope.date)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', scope.date)]))
    .where((eb) => eb.or([eb('programId', 'is', null), eb('programId', '=', scope.programId)]))
    .where((eb) => eb.or([eb('subjectId', 'is', null), eb('subjectId', '=', scope.subjectId)]))
    .where((eb) => eb.or([eb('tutorId', 'is', null), eb('tutorId', '=', scope.tutorId)]))
    .where((eb) => eb.or([eb('studentId', 'is', null), eb('studentId', '=', sql<string>`ANY(${[...scope.studentIds]}::uuid[])`)]))
    .execute();
  return rows.map(asRate);
}

/** The same for a session that was read, with its places. */
export const listRatesOf = (db: Kysely<DB>, { session, places }: Pick<LoadedSession, 'session' | 'places'>): Promise<Rate[]> =>
  listRatesFor(db, { ...session, studentIds: places.map((place) => place.studentId), date: session.localDate });

interface SessionForRates {
  programId: string;
  subjectId: string;
  tutorId: string;
  localDate: string;
  chargeRateOverride: bigint | null;
  payRateOverride: bigint | null;
}

const byHand = (amount: bigint): ChosenRate => ({ rateId: null, amountPerHour: amount, scope: ['by hand'] });

/** The rates of a session: what each student's client is charged, and what the tutor is paid, per hour. */
export function ratesOf(session: SessionForRates, studentIds: readonly string[], rates: readonly Rate[]) {
  const question = {
    programId: session.programId,
    subjectId: session.subjectId,
    tutorId: session.tutorId,
    date: session.localDate,
  };
  const charge = (studentId: string) =>
    session.chargeRateOverride === null
      ? chooseRate(rates, { ...question, side: 'charge', studentId })
      : byHand(session.chargeRateOverride);
  // Planned for several, cancelled ones counted: no single student's pay row can speak for all of them.
  const only = studentIds.length === 1 ? studentIds[0] : undefined;
  const pay =
    session.payRateOverride === null
      ? chooseRate(rates, { ...question, side: 'pay', studentId: only })
      : byHand(session.payRateOverride);
  return { charge, pay };
}

export async function loadSession(trx: Transaction<DB>, sessionId: string) {
  const session = await trx
    .selectFrom('session')
    .innerJoin('program', 'program.id', 'session.programId')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .leftJoin('closeOut', 'closeOut.sessionId', 'session.id')
    .select([
      'session.id',
      'session.ref',
      'session.tutorId',
      'session.programId',
      'session.subjectId',
      'session.localDate',
      'session.durationMinutes',
      'session.billable',
      'session.status',
      'session.revision',
      'session.settledAt',
      'session.payLeftOut',
      'session.chargeRateOverride',
      'session.payRateOverride',
      'session.title',
      'program.name as programName',
      'program.chargeBasis',
      'program.taxPercent',
      'policyVersion.rules',
      'closeOut.status as closeOutStatus',
      'closeOut.actualMinutes',
      'closeOut.paidMinutes',
      'closeOut.miles',
    ])
    // Looked up rather than joined: planning a join of seven tables takes longer than running it.
    .select([
      sql<string>`(SELECT name FROM subject WHERE id = session.subject_id)`.as('subjectName'),
      sql<string>`(SELECT concat_ws(' ', first_name, last_name) FROM tutor WHERE id = session.tutor_id)`.as('tutorName'),
      sql<string>`(SELECT currency FROM organisation)`.as('currency'),
      sql<boolean>`EXISTS (SELECT 1 FROM course WHERE series_id = session.series_id) AND EXISTS (SELECT 1 FROM session_resource
        WHERE session_id = session.id AND resource_id = session.tutor_id AND blocking)`.as('heldOpen'),
    ])
    .where('session.id', '=', sessionId)
    .forUpdate('session')
    .executeTakeFirstOrThrow();
  const places = await trx
    .selectFrom('attendance')
    .innerJoin('student', 'student.id', 'attendance.studentId')
    .leftJoin('charge', (join) =>
      join.onRef('charge.attendanceId', '=', 'attendance.id').onRef('charge.revision', '=', 'attendance.revision'),
    )
    .select([
      'attendance.id',
      'attendance.studentId',
      'attendance.clientId',
      'attendance.billingInstallId',
      'attendance.outcome',
      'attendance.stepChargePercent',
      'attendance.stepPayPercent',
      'attendance.waivedAs',
      'attendance.revision',
      'attendance.settledAt',
      'attendance.leftOut',
      'attendance.flag',
      'attendance.chargePercent',
      'attendance.payPercent',
      'attendance.minutes',
      'student.ref as studentRef',
      'student.firstName',
      'charge.id as chargeId',
      'charge.net as chargeNet',
      'charge.minutes as chargeMinutes',
      'charge.description as chargeDescription',
      'charge.runId as chargeRunId',
      'charge.reversedAt as chargeReversedAt',
    ])
    .select(sql<string>`(SELECT ref FROM client WHERE id = attendance.client_id)`.as('clientRef'))
    .where('attendance.sessionId', '=', sessionId)
    .orderBy(sql`student.ref COLLATE "C"`)
    .execute();
  return { session, places };
}

export type LoadedSession = Awaited<ReturnType<typeof loadSession>>;
export type LoadedPlace = LoadedSession['places'][number];

/** What was copied when the place was cancelled, and by the rules of the booking which step that was, for "why?". */
function stepOfPlace({ stepChargePercent: charge, stepPayPercent: pay }: LoadedPlace, { lateCancel }: Policy) {
  if (charge === null || pay === null) return null;
  const step = lateCancel.steps.find(
    (one) => comparePercent(one.clientChargePercent, charge) === 0 && comparePercent(one.tutorPayPercent, pay) === 0,
  );
  return { charge, pay, underHours: step?.underHours };
}

/** What the pure rules need, of what was read. */
export function factsOf({ session, places }: LoadedSession, rates: readonly Rate[]): SessionFacts {
  const { charge, pay } = ratesOf(
    session,
    places.map((place) => place.studentId),
    rates,
  );
  const policy = policyOf(session.rules);
  const submitted = session.closeOutStatus === 'submitted' || session.closeOutStatus === 'approved';
  return {
    plannedMinutes: session.durationMinutes,
    chargeBasis: session.chargeBasis === 'split' ? 'split' : 'per_student',
    policy,
    places: places.map(
      (place): PlaceFacts => ({
        id: place.id,
        studentRef: place.studentRef,
        outcome: place.outcome as Outcome,
        step: stepOfPlace(place, policy),
        waived: place.waivedAs as Waived | null,
        chargeRate: charge(place.studentId),
      }),
    ),
    closeOut: submitted
      ? {
          actualMinutes: session.actualMinutes ?? 0,
          paidMinutes: session.paidMinutes,
          miles: session.miles,
          approved: session.closeOutStatus === 'approved',
        }
      : undefined,
    payRate: pay,
    currencyDigits: currencyDigits(session.currency),
  };
}
