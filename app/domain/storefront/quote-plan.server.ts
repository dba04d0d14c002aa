import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { availableFor, readCreditPools } from '#app/domain/billing/credits.server.ts';
import { listRatesFor, ratesOf } from '#app/domain/billing/session-facts.server.ts';
import { quoteFee } from '#app/domain/billing/settlement.ts';
import { totalsOf } from '#app/domain/billing/tax.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { Price } from './price.ts';

type QuoteContext = Pick<AppContext, 'plugins'>;

export interface Payer {
  clientId: string;
  clientRef: string;
  studentId: string;
  billingInstallId: string;
}

export interface QuoteInput {
  tutorId: string;
  programId: string;
  subjectId: string;
  durationMinutes: number;
  /** The start date in the organisation's zone: it picks the rate. */
  localDate: string;
  chargeBasis: 'per_student' | 'split';
  taxPercent: string;
  /** Undefined: a guest, billed as the organisation bills. */
  payer?: Payer | undefined;
}

/** A student that is none: no rate is theirs. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The price, and why the billing mode would refuse the booking, if it would. */
export async function quotePlan(
  db: Kysely<DB>,
  ctx: QuoteContext,
  organisation: Pick<Organisation, 'billingInstallId'>,
  input: QuoteInput,
): Promise<{ price: Price; refusal?: string }> {
  const { payer } = input;
  const studentId = payer?.studentId ?? NOBODY;
  const rates = await listRatesFor(db, { ...input, studentIds: payer ? [studentId] : [], date: input.localDate });
  const { charge } = ratesOf({ ...input, chargeRateOverride: null, payRateOverride: null }, [studentId], rates);
  const place = { id: studentId, studentRef: '', outcome: 'planned' as const, chargeRate: charge(studentId) };
  const fee = quoteFee({ plannedMinutes: input.durationMinutes, chargeBasis: input.chargeBasis, places: [place] }, studentId);
  const available = payer ? await creditsOf(db, payer, input) : 0n;
  const billing = await assess(db, ctx, payer?.billingInstallId ?? organisation.billingInstallId, {
    available,
    minutes: input.durationMinutes,
  });
  const refused = billing.refusal === undefined ? {} : { refusal: billing.refusal };
  if (billing.kind === 'credits') return { price: { kind: 'credits', credits: billing.hold, available }, ...refused };
  if (billing.kind === 'none') return { price: { kind: 'none' }, ...refused };
  if (fee === undefined) return { price: { kind: 'on_request' }, ...refused };
  const { net, tax, total } = totalsOf([{ net: fee, taxPercent: input.taxPercent }]);
  return { price: { kind: 'money', net, tax, total, taxPercent: input.taxPercent }, ...refused };
}

/** How somebody without an account and without credits is billed. */
export async function guestBilling(db: Kysely<DB>, ctx: QuoteContext, organisation: Pick<Organisation, 'billingInstallId'>) {
  return assess(db, ctx, organisation.billingInstallId, { available: 0n, minutes: 60 });
}

async function creditsOf(db: Kysely<DB>, payer: Payer, input: QuoteInput): Promise<bigint> {
  const pools = await readCreditPools(db, [{ id: payer.clientId, ref: payer.clientRef }]);
  const pool = pools.get(payer.clientId);
  return pool ? availableFor(pool, { studentId: payer.studentId, programId: input.programId, localDate: input.localDate }) : 0n;
}

async function assess(
  db: Kysely<DB>,
  ctx: QuoteContext,
  installId: string | null,
  { available, minutes }: { available: bigint; minutes: number },
): Promise<{ kind: 'money' | 'credits' | 'none'; hold: bigint; refusal?: string }> {
  if (!installId) throw new DomainError('invalid_value', 'The organisation has no billing mode: set one in the settings.');
  const mode = await ctx.plugins.billingMode(db, installId);
  const assessment = mode.assess({
    attendanceId: NOBODY,
    revision: 1,
    billable: true,
    state: 'booked',
    outcome: 'planned',
    plannedMinutes: minutes,
    minutes: null,
    chargePercent: null,
    fee: null,
    creditsAvailable: available,
    mayRefuse: true,
  });
  const hold = assessment.targets.hold ?? 0n;
  const refused = assessment.refuse ? { refusal: assessment.refuse.message } : {};
  if (hold > 0n || assessment.refuse) return { kind: 'credits', hold, ...refused };
  return { kind: assessment.leftOut ? 'none' : 'money', hold };
}
