import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { snapshotOf } from '#app/domain/billing/assess-session.server.ts';
import { cancellationOutcome, isLeft, stepOf } from '#app/domain/billing/outcomes.ts';
import { creditsPostedFor } from '#app/domain/billing/post-place.server.ts';
import {
  factsOf,
  type LoadedPlace,
  type LoadedSession,
  listRatesOf,
  loadSession,
} from '#app/domain/billing/session-facts.server.ts';
import { quoteFee, settle } from '#app/domain/billing/settlement.ts';
import { DomainError } from '#app/domain/errors.ts';
import { chargesPlaces } from '#app/domain/make-ups/charges-places.server.ts';
import { type Waiver, waiverOf } from '#app/domain/make-ups/waiver.ts';
import { readWaiverFacts } from '#app/domain/make-ups/waiver-facts.server.ts';
import { type NoticeStep, type Policy, policyOf } from '#app/domain/organisation/policies.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CancelSessionInput } from './session.schema.ts';
import { localDateOf } from './wall-time.ts';

export interface CancellationPreview {
  late: boolean;
  noticeHours: number;
  /** Up to when it is in time. */
  deadline: Date;
  places: {
    studentId: string;
    name: string;
    chargePercent: string;
    /** Net in minor units that the client will owe; null where the mode doesn't invoice it, or there is no rate. */
    fee: bigint | null;
    /** What it would cost if it took place as planned: `chargePercent` of it is the fee. */
    full: bigint | null;
    /** Hundredths of a credit that come back; null where none were taken. */
    creditsReturned: bigint | null;
    /** Why nothing is charged though it is late. */
    waiver: Waiver | null;
  }[];
  /** The step of notice that it falls under, beside the first: less than so many hours. */
  underHours: number | null;
  /** When less notice costs more, the next such moment. */
  nextStep: { at: Date; chargePercent: string } | null;
  /** Nobody would be left: the tutor and the room are freed. */
  everybody: boolean;
  /** Different families among the places. */
  families: number;
  /** What the tutor gets, in minor units, where this settles the session; null where others are still taught, or without a rate. */
  pay: bigint | null;
}

/** Free ones that sessions cancelled in the same stroke take before, by `freeKey`. */
export type FreeCount = ReadonlyMap<string, number>;
export const freeKey = (studentId: string, termId: string | undefined) => `${studentId} ${termId}`;

/** What was said that it costs, to be compared and not to be read: a student sees no money. */
export function costOf({ places }: Pick<CancellationPreview, 'places'>): string {
  const said = places.map(({ studentId, chargePercent, fee, waiver }) => [studentId, chargePercent, String(fee), waiver?.as]);
  return createHash('sha256').update(JSON.stringify(said.sort())).digest('base64url');
}

/** What cancelling would mean, said before it is done. Changes nothing. @throws DomainError not_found */
export async function previewCancellation(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: Pick<CancelSessionInput, 'sessionId' | 'studentIds' | 'by' | 'cancelledAt'> & { freeBefore?: FreeCount },
): Promise<CancellationPreview> {
  return inTransaction(db, async (trx) => {
    const session = await trx
      .selectFrom('session')
      .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
      .select(['session.startsAt', 'session.localDate', 'policyVersion.rules'])
      .select(sql<string>`(SELECT timezone FROM organisation)`.as('timezone'))
      .where('session.id', '=', input.sessionId)
      .executeTakeFirst();
    if (!session) throw new DomainError('not_found', 'This session does not exist.');
    const policy = policyOf(session.rules);
    const { lateCancel } = policy;
    const cancelledAt = input.cancelledAt ?? ctx.clock();
    const outcome = cancellationOutcome(session.startsAt, cancelledAt, input.by, lateCancel.noticeHours);
    const late = outcome === 'late_cancel';
    const step = late ? stepOf(session.startsAt, cancelledAt, lateCancel.steps) : undefined;
    const loaded = await loadSession(trx, input.sessionId);
    const wanted = input.studentIds && new Set(input.studentIds);
    const going = loaded.places.filter((place) => isLeft(place.outcome) && (!wanted || wanted.has(place.studentId)));
    const waivers = late
      ? await waiversOf(trx, ctx, { session, loaded, going, policy, step, freeBefore: input.freeBefore })
      : new Map<string, Waiver>();
    const places = loaded.places.map((place) =>
      going.includes(place)
        ? {
            ...place,
            outcome,
            stepChargePercent: step?.clientChargePercent ?? null,
            stepPayPercent: step?.tutorPayPercent ?? null,
            waivedAs: waivers.get(place.studentId)?.as ?? null,
          }
        : place,
    );
    const rates = await listRatesOf(trx, loaded);
    const facts = factsOf({ ...loaded, places }, rates);
    const settlement = settle(facts);
    const planned = { ...facts, places: factsOf(loaded, rates).places };
    const posted = await creditsPostedFor(
      trx,
      going.map((place) => ({ id: place.id, clientRef: place.clientRef })),
    );
    const names = await trx
      .selectFrom('student')
      .select(['id', 'firstName', 'lastName'])
      .where('id', 'in', [...places.map((place) => place.studentId)])
      .execute();
    const lines: CancellationPreview['places'] = [];
    for (const place of going) {
      const settled = settlement.places.find((candidate) => candidate.id === place.id);
      if (!settled) throw new Error('a place without its settlement');
      const name = names.find((student) => student.id === place.studentId);
      const mode = await ctx.plugins.billingMode(trx, place.billingInstallId);
      const held = posted.get(place.id);
      const assessment = mode.assess(snapshotOf(loaded.session, place, settled, 0n, false));
      lines.push({
        studentId: place.studentId,
        name: [name?.firstName, name?.lastName].filter(Boolean).join(' '),
        chargePercent: settled.chargePercent ?? '0',
        fee: assessment.targets.invoice ?? null,
        full: quoteFee(planned, place.id) ?? null,
        creditsReturned: held ? held.booked + held.used - (assessment.targets.use ?? 0n) - (assessment.targets.hold ?? 0n) : null,
        waiver: waivers.get(place.studentId) ?? null,
      });
    }
    return {
      late,
      underHours: step?.underHours ?? null,
      nextStep: input.by === 'client' ? nextStepOf(session.startsAt, cancelledAt, lateCancel) : null,
      noticeHours: lateCancel.noticeHours,
      deadline: new Date(session.startsAt.getTime() - lateCancel.noticeHours * 3_600_000),
      places: lines,
      everybody: going.length === loaded.places.filter((place) => isLeft(place.outcome)).length,
      families: new Set(going.map((place) => place.clientId)).size,
      pay: settlement.settled && settlement.payLeftOut !== 'missing_rate' ? (settlement.pay?.amount ?? 0n) : null,
    };
  });
}

interface Going {
  session: { localDate: string; timezone: string };
  loaded: LoadedSession;
  going: readonly LoadedPlace[];
  policy: Policy;
  step: NoticeStep | undefined;
  freeBefore: FreeCount | undefined;
}

/** As cancelling would decide it, by the student's id. */
async function waiversOf(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { session, loaded, going, policy, step, freeBefore }: Going,
): Promise<Map<string, Waiver>> {
  const waivers = new Map<string, Waiver>();
  if (policy.lateCancel.freePerTerm === 0 && policy.makeUp.on === 'never') return waivers;
  const studentIds = going.map((place) => place.studentId);
  const facts = await readWaiverFacts(trx, { sessionId: loaded.session.id, localDate: session.localDate, studentIds });
  const chargePercent = step?.clientChargePercent ?? policy.lateCancel.clientChargePercent;
  for (const [studentId, known] of facts) {
    const { billable } = loaded.session;
    const freeUsed = known.freeUsed + (freeBefore?.get(freeKey(studentId, known.term?.id)) ?? 0);
    const place = going.find((one) => one.studentId === studentId);
    if (!place || !(await chargesPlaces(trx, ctx, place.billingInstallId))) continue;
    const waiver = waiverOf({
      ...known,
      freeUsed,
      outcome: 'late_cancel',
      chargePercent,
      billable,
      localDate: session.localDate,
      today: localDateOf(ctx.clock(), session.timezone),
      policy,
    });
    if (waiver) waivers.set(studentId, waiver);
  }
  return waivers;
}

/** The first moment from which cancelling falls under a step it does not fall under yet. */
function nextStepOf(
  startsAt: Date,
  cancelledAt: Date,
  { noticeHours, clientChargePercent, steps }: Policy['lateCancel'],
): CancellationPreview['nextStep'] {
  const notice = startsAt.getTime() - cancelledAt.getTime();
  const all = [{ underHours: noticeHours, clientChargePercent }, ...steps];
  const next = all.find((step) => notice >= step.underHours * 3_600_000);
  if (!next || next.clientChargePercent === '0') return null;
  return { at: new Date(startsAt.getTime() - next.underHours * 3_600_000), chargePercent: next.clientChargePercent };
}
