import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { writePayItems } from '#app/domain/payroll/write-pay-items.server.ts';
import { sessionStatus } from '#app/domain/scheduling/session-status.ts';
import type { DB } from '#db/types.ts';
import type { Assessment, BillingMode, PlaceSnapshot } from '#plugins/contract/index.ts';
import { assessPeriodsOf } from './assess-periods.server.ts';
import { availableFor, type CreditPool, type Draw, lockCreditPools, misdrawn } from './credits.server.ts';
import { creditsPostedFor, type PostedCredits, postPlace } from './post-place.server.ts';
import { recogniseCredits } from './recognise-credits.server.ts';
import { factsOf, type LoadedPlace, type LoadedSession, listRatesOf, loadSession } from './session-facts.server.ts';
import { type PlaceSettlement, settle } from './settlement.ts';

export interface AssessOptions {
  /** A person is booking: the billing mode may say no. */
  mayRefuse?: boolean;
  /** Nothing of it can have been posted yet. */
  fresh?: boolean;
}

/**
 * The one call after booking, cancelling, close-out, approval and reopening: works out what the session comes to now,
 * asks each place's billing mode what should be posted, and posts the difference to what is. Repeating it does nothing.
 * Places on an issued invoice and pay in an approved run stay as they are.
 * @throws DomainError insufficient_credits where the mode refuses and `mayRefuse`
 */
export async function assessSession(
  trx: Transaction<DB>,
  ctx: DomainContext,
  sessionId: string,
  options: AssessOptions = {},
): Promise<{ flags: string[] }> {
  if (ctx.settleLater) {
    if (!ctx.settleLater.has(sessionId)) ctx.settleLater.set(sessionId, options.fresh ?? false);
    return { flags: [] };
  }
  const loaded = await loadSession(trx, sessionId);
  const { session, places } = loaded;
  const rates = await listRatesOf(trx, loaded);
  const facts = factsOf(loaded, rates);
  const settlement = settle(facts);
  const now = ctx.clock();
  const flags: string[] = [];

  const users = new Map<string, CreditPool['client']>();
  const byPeriod = new Set<string>();
  const assessments = await assessPlaces(trx, ctx, loaded, settlement.places, options);
  for (const [index, place] of places.entries()) {
    const settled = settlement.places[index];
    const assessed = assessments[index];
    if (!settled || !assessed) continue;
    if (assessed.assessment.refuse && options.mayRefuse) {
      const { code, message, shortfall } = assessed.assessment.refuse;
      throw new DomainError(code, message, {
        field: 'studentIds',
        details: { studentId: place.studentId, shortfall: shortfall.toString() },
      });
    }
    if (assessed.assessment.flag) flags.push(assessed.assessment.flag);
    const used = await postPlace(trx, { session, place, settled, now, ...assessed });
    if (used && assessed.pool) users.set(place.clientId, assessed.pool.client);
    if (assessed.byPeriod && (settled.state === 'settled' || place.settledAt !== null)) byPeriod.add(place.clientId);
  }
  for (const clientId of [...byPeriod].sort()) await assessPeriodsOf(trx, ctx, clientId);
  for (const client of users.values()) await recogniseCredits(trx, client, session.localDate);
  await writePayItems(trx, { session, settlement, now });

  const status = sessionStatus(
    session.status,
    places.map((place) => place.outcome),
    session.closeOutStatus,
    session.heldOpen,
  );
  const settledAt = settlement.settled ? (session.settledAt ?? now) : null;
  const payLeftOut = settlement.payLeftOut ?? null;
  if (status !== session.status || payLeftOut !== session.payLeftOut || (settledAt === null) !== (session.settledAt === null)) {
    await trx.updateTable('session').set({ status, settledAt, payLeftOut }).where('id', '=', session.id).execute();
  }
  return { flags };
}

interface Assessed {
  assessment: Assessment;
  pool: CreditPool | undefined;
  posted: PostedCredits;
  /** Its mode has a fee for the month, which this place may change. */
  byPeriod: boolean;
}

const nothingPosted = (): PostedCredits => ({ booked: 0n, used: 0n, drawn: new Map(), transactions: 0 });

async function assessPlaces(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { session, places }: LoadedSession,
  settled: readonly PlaceSettlement[],
  options: AssessOptions,
): Promise<Assessed[]> {
  const modes = new Map<string, BillingMode>();
  for (const { billingInstallId } of places) {
    if (!modes.has(billingInstallId)) modes.set(billingInstallId, await ctx.plugins.billingMode(trx, billingInstallId));
  }
  const assess = (index: number, creditsAvailable: bigint, mayRefuse: boolean): Assessment => {
    const place = places[index];
    const settlement = settled[index];
    const mode = place && modes.get(place.billingInstallId);
    if (!place || !settlement || !mode) throw new Error('a place without its settlement or billing mode');
    return mode.assess(snapshotOf(session, place, settlement, creditsAvailable, mayRefuse));
  };

  const posted = options.fresh
    ? new Map<string, PostedCredits>()
    : await creditsPostedFor(
        trx,
        places.map((place) => ({ id: place.id, clientRef: place.clientRef })),
      );
  const results: Assessed[] = places.map((place, index) => ({
    assessment: assess(index, 0n, false),
    pool: undefined,
    posted: posted.get(place.id) ?? nothingPosted(),
    byPeriod: modes.get(place.billingInstallId)?.periodic !== undefined,
  }));
  // Only places that take credits, or have taken some, need the pools and their locks.
  const drawing = places.filter((_, index) => {
    const result = results[index];
    return result && (result.posted.transactions > 0 || result.assessment.targets.hold || result.assessment.targets.use);
  });
  const pools = await lockCreditPools(trx, uniqueClients(drawing));
  for (const [index, place] of places.entries()) {
    const result = results[index];
    const pool = drawing.includes(place) ? pools.get(place.clientId) : undefined;
    if (!result || !pool) continue;
    result.pool = pool;
    const draw = { studentId: place.studentId, programId: session.programId, localDate: session.localDate };
    const own = result.posted.booked + result.posted.used - lost(pool, draw, result.posted);
    // Siblings in one group draw from one pool: what the places before them are about to take is gone.
    const before = places.slice(0, index).reduce((sum, other, at) => {
      const earlier = results[at];
      if (other.clientId !== place.clientId || !earlier?.pool) return sum;
      const wanted = (earlier.assessment.targets.hold ?? 0n) + (earlier.assessment.targets.use ?? 0n);
      const redrawn = lost(earlier.pool, { ...draw, studentId: other.studentId }, earlier.posted);
      return sum + wanted + redrawn - earlier.posted.booked - earlier.posted.used;
    }, 0n);
    result.assessment = assess(index, availableFor(pool, draw) + own - before, options.mayRefuse ?? false);
  }
  return results;
}

/** Of what a place has taken, hundredths that it can't keep on its session's day. */
const lost = (pool: CreditPool, draw: Draw, posted: PostedCredits) =>
  [...misdrawn(pool, draw, posted.drawn).values()].reduce((sum, amount) => sum + amount, 0n);

/** What a billing mode may know of a place, settled so. */
export function snapshotOf(
  session: LoadedSession['session'],
  place: LoadedPlace,
  settlement: PlaceSettlement,
  creditsAvailable: bigint,
  mayRefuse: boolean,
): PlaceSnapshot {
  return {
    attendanceId: place.id,
    revision: place.revision,
    billable: session.billable,
    state: settlement.state,
    outcome: settlement.outcome,
    plannedMinutes: session.durationMinutes,
    minutes: settlement.minutes ?? null,
    chargePercent: settlement.chargePercent ?? null,
    fee: settlement.fee ?? null,
    creditsAvailable,
    mayRefuse,
  };
}

function uniqueClients(places: readonly LoadedPlace[]) {
  return [...new Map(places.map((place) => [place.clientId, { id: place.clientId, ref: place.clientRef }])).values()];
}
