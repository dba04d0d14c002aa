import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { factsOf, type LoadedSession, listRatesOf, loadSession } from '#app/domain/billing/session-facts.server.ts';
import { type Settlement, settle } from '#app/domain/billing/settlement.ts';
import { DomainError } from '#app/domain/errors.ts';
import { listPaidItems, writePayDifference } from '#app/domain/payroll/correct-paid-session.server.ts';
import { clashOf } from '#app/domain/scheduling/conflicts.server.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkCorrection, readFacts, sameFacts } from './check-correction.server.ts';
import type { CorrectionResult, CorrectSessionInput } from './correction.ts';
import { correctionHash } from './correction-hash.server.ts';
import { readSessionMoney } from './session-money.server.ts';
import { takeBackPlaces } from './take-back-places.server.ts';
import { writeCorrectedFacts } from './write-corrected-facts.server.ts';

/** @property seen what `correctionHash` gave of the rehearsal that was shown; absent: done whatever it comes to */
type Input = CorrectSessionInput & { seen?: string | undefined };

/**
 * Sets a session right after it was invoiced, paid or took credits, all in one transaction: what took place, credit
 * notes for the lines that change, those places charged again for the next run as their next revision, the difference
 * of what was paid for the tutor's next run, credits back or used. What does not change stays untouched: its rate is
 * the one it was charged with, unless `reprice`. Sent twice it is done once.
 * @returns undefined when it was done already
 * @throws DomainError not_found, invalid_value at the field, conflict (changed since it was read, or since `seen`),
 *   already_done when nothing changes, locked while it is being invoiced
 */
export async function correctSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Input,
): Promise<CorrectionResult | undefined> {
  try {
    return await inTransaction(db, (trx) => correct(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

/** What correcting would do, found by doing it and taking it back: it can't differ from the act. */
export async function rehearseCorrection(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CorrectSessionInput,
): Promise<CorrectionResult> {
  let result: CorrectionResult | undefined;
  const takenBack = new Error('only rehearsed');
  try {
    await inTransaction(db, async (trx) => {
      result = await correct(trx, ctx, actor, input);
      throw takenBack;
    });
  } catch (error) {
    if (error !== takenBack) throw clashOf(error) ?? error;
  }
  if (!result) throw new DomainError('already_done', 'This has been corrected so already.');
  return result;
}

async function correct(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Input,
): Promise<CorrectionResult | undefined> {
  const session = await lockSession(trx, input.sessionId);
  const facts = await readFacts(trx, session);
  const same = sameFacts(facts, input);
  if (session.version !== input.version) {
    if (same && !input.reprice) return undefined;
    throw new DomainError(
      'conflict',
      'Somebody else changed this session while you were looking at it. Look again, then correct it.',
    );
  }
  if (same && !input.reprice) throw new DomainError('already_done', 'Nothing is changed: that is how the session stands.');
  checkCorrection(session, facts.places, input, ctx.clock());

  const now = ctx.clock();
  const before = await readSessionMoney(trx, session.id);
  const was = await settled(trx, session.id);
  await writeCorrectedFacts(trx, ctx, actor, { session, places: facts.places, input, now });
  const is = await settled(trx, session.id);
  const attendanceIds = changedPlaces(was, is, input.reprice);
  refuseMissingRate(was, is, attendanceIds);
  const creditNotes = await takeBackPlaces(trx, ctx, actor, { attendanceIds, reason: input.reason });
  await assessSession(trx, ctx, session.id);
  const payCorrections = await correctPay(trx, { was, is, input, now, userId: actor.userId });
  await audit(trx, actor, {
    action: 'session.correct',
    subjectType: 'session',
    subjectId: session.id,
    sessionId: session.id,
    before: facts.said,
    after: saidOf(input),
    reason: input.reason,
  });
  const result = { before, after: await readSessionMoney(trx, session.id), creditNotes, payCorrections };
  if (input.seen !== undefined && input.seen !== correctionHash(result))
    throw new DomainError('conflict', 'What this comes to has changed since you looked. Look at it again before you confirm.');
  return result;
}

const saidOf = ({ outcomes, actualMinutes, paidMinutes, miles, billable, chargeRate, payRate }: CorrectSessionInput) => ({
  outcomes: Object.fromEntries(outcomes.map((one) => [one.studentId, one.outcome])),
  actualMinutes,
  ...(paidMinutes === undefined ? {} : { paidMinutes }),
  miles,
  billable,
  chargeRate,
  payRate,
});

interface Settled {
  loaded: LoadedSession;
  settlement: Settlement;
}

async function settled(trx: Transaction<DB>, sessionId: string): Promise<Settled> {
  const loaded = await loadSession(trx, sessionId);
  const rates = await listRatesOf(trx, loaded);
  return { loaded, settlement: settle(factsOf(loaded, rates)) };
}

/** The places whose own line is another one now: by what took place, not by a rate that changed since. */
function changedPlaces(was: Settled, is: Settled, reprice: boolean): string[] {
  const billable = was.loaded.session.billable !== is.loaded.session.billable;
  return is.loaded.places.flatMap((place, index) => {
    const old = was.settlement.places[index];
    const now = is.settlement.places[index];
    const differs =
      billable ||
      old?.fee !== now?.fee ||
      old?.minutes !== now?.minutes ||
      old?.outcome !== now?.outcome ||
      old?.state !== now?.state;
    const otherRate = reprice && place.chargeNet !== null && place.chargeNet !== (now?.fee ?? 0n);
    return differs || otherRate ? [place.id] : [];
  });
}

/** Nobody is credited and then not charged, or paid back, for want of a rate. */
function refuseMissingRate(was: Settled, is: Settled, changed: readonly string[]): void {
  const unpriced = is.loaded.places.some((place, index) => {
    const { state, fee } = is.settlement.places[index] ?? {};
    return changed.includes(place.id) && place.chargeRunId !== null && state === 'settled' && fee === undefined;
  });
  if (unpriced && is.loaded.session.billable)
    throw new DomainError('invalid_value', 'No rate covers this session on its day. Add one, or enter an amount by hand.', {
      field: 'chargeRate',
    });
  if (is.settlement.payLeftOut === 'missing_rate' && was.settlement.payLeftOut !== 'missing_rate')
    throw new DomainError(
      'invalid_value',
      'No rate of pay covers this session on its day. Add one, or enter an amount by hand.',
      {
        field: 'payRate',
      },
    );
}

interface PayCorrecting {
  was: Settled;
  is: Settled;
  input: CorrectSessionInput;
  now: Date;
  userId: string | null;
}

/** Of what is in a pay run the difference to what it comes to now, counting every correction so far. */
async function correctPay(trx: Transaction<DB>, { was, is, input, now, userId }: PayCorrecting) {
  const amounts = (of: Settled) => ({ session: of.settlement.pay?.amount ?? 0n, mileage: of.settlement.mileage });
  const [old, next] = [amounts(was), amounts(is)];
  const corrections: CorrectionResult['payCorrections'] = [];
  for (const item of await listPaidItems(trx, input.sessionId)) {
    if (old[item.kind] === next[item.kind] && !input.reprice) continue;
    const shouldBe = next[item.kind];
    const amount = shouldBe - item.amount - item.corrected;
    if (amount === 0n) continue;
    await writePayDifference(trx, { item, amount, shouldBe, note: input.reason, now, createdBy: userId });
    corrections.push({ kind: item.kind, amount });
  }
  return corrections;
}
