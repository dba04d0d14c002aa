import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Assessment } from '#plugins/contract/index.ts';
import { accounts } from './accounts.ts';
import { type CreditPool, drawCredits, misdrawn, returnCredits } from './credits.server.ts';
import { followCharge } from './follow-charge.server.ts';
import { post } from './ledger.server.ts';
import type { LoadedPlace, LoadedSession } from './session-facts.server.ts';
import type { PlaceSettlement } from './settlement.ts';

/** What the books say of one place's credits, in hundredths. */
export interface PostedCredits {
  booked: bigint;
  used: bigint;
  /** Taken from a lot or the overdraft, per account code, positive. */
  drawn: Map<string, bigint>;
  /** How many transactions there are, so that the next one gets a key of its own. */
  transactions: number;
}

export async function creditsPostedFor(
  trx: Transaction<DB>,
  places: readonly { id: string; clientRef: string }[],
): Promise<Map<string, PostedCredits>> {
  // Step by step through the indexes: in a transaction that has written much, statistics know nothing of it, and a join
  // left to the planner has read every entry there is.
  const { rows } = await sql<{ attendanceId: string; code: string; amount: bigint }>`
    SELECT t.attendance_id, a.code, sum(e.amount)::bigint AS amount
    FROM ledger_transaction t,
      LATERAL (SELECT account_id, amount FROM ledger_entry WHERE transaction_id = t.id OFFSET 0) e,
      LATERAL (SELECT code, commodity FROM account WHERE id = e.account_id OFFSET 0) a
    WHERE t.attendance_id = ANY(${places.map((place) => place.id)}::uuid[]) AND a.commodity = 'CREDIT'
    GROUP BY 1, 2`.execute(trx);
  const result = new Map<string, PostedCredits>();
  for (const { attendanceId, code, amount } of rows) {
    const posted = result.get(attendanceId) ?? { booked: 0n, used: 0n, drawn: new Map(), transactions: 0 };
    if (code.endsWith(':booked')) posted.booked = amount;
    else if (code.endsWith(':used')) posted.used = amount;
    else posted.drawn.set(code, -amount);
    posted.transactions = 1;
    result.set(attendanceId, posted);
  }
  return result;
}

interface PlacePosting {
  session: LoadedSession['session'];
  place: LoadedPlace;
  settled: PlaceSettlement;
  assessment: Assessment;
  pool: CreditPool | undefined;
  posted: PostedCredits;
  now: Date;
}

/**
 * Brings the books and the projections of one place (credits, charge, reasons) to its target.
 * @returns whether what it has used of the family's credits changed
 */
export async function postPlace(trx: Transaction<DB>, posting: PlacePosting): Promise<boolean> {
  const { place, settled, assessment, now } = posting;
  // On a run: fixed, until a credit note takes it back and the place is billed again as the next revision.
  const fixed = place.chargeRunId !== null;
  if (fixed && place.chargeReversedAt === null) return false;
  const used = await postCredits(trx, posting);
  const charge = fixed ? undefined : await writeCharge(trx, posting);
  const leftOut = fixed ? 'credited' : charge ? null : leftOutReason(posting);
  const settledAt = settled.state === 'settled' ? (place.settledAt ?? now) : null;
  const next = {
    leftOut,
    flag: assessment.flag ?? null,
    chargePercent: settled.chargePercent ?? null,
    payPercent: settled.payPercent ?? null,
    minutes: settled.minutes ?? null,
    settledAt,
  };
  const changed = (Object.keys(next) as (keyof typeof next)[]).some((key) => !equal(next[key], place[key]));
  if (changed) await trx.updateTable('attendance').set(next).where('id', '=', place.id).execute();
  return used;
}

const equal = (a: unknown, b: unknown) => (a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b);

/** The first reason that applies why a place is not a line of an invoice. */
function leftOutReason({ session, settled, assessment }: PlacePosting): string {
  if (settled.outcome === 'cancelled') return 'cancelled';
  if (!session.billable) return 'non_billable';
  if (assessment.leftOut) return assessment.leftOut;
  if (settled.waitsFor) return settled.waitsFor === 'approval' ? 'unapproved' : 'unclosed';
  return settled.fee === undefined ? 'missing_rate' : 'no_charge';
}

async function postCredits(
  trx: Transaction<DB>,
  { session, place, settled, assessment, pool, posted }: PlacePosting,
): Promise<boolean> {
  if (!pool) return false;
  const hold = assessment.targets.hold ?? 0n;
  const use = assessment.targets.use ?? 0n;
  const draw = { studentId: place.studentId, programId: session.programId, localDate: session.localDate };
  // Of a lot that ended before the day it was moved to, what it took goes back, and comes from others.
  const wrong = misdrawn(pool, draw, posted.drawn);
  const back = sumOf(wrong);
  const more = hold + use - posted.booked - posted.used + back;
  if (more === 0n && hold === posted.booked) return false;
  const kept = new Map([...posted.drawn].filter(([code]) => !wrong.has(code)));
  const entries = [
    ...returnCredits(pool, wrong, back),
    ...(more >= 0n ? drawCredits(pool, draw, more) : returnCredits(pool, kept, -more)),
  ];
  entries.push({ account: accounts.creditBooked(pool.client), amount: hold - posted.booked });
  entries.push({ account: accounts.creditUsed(pool.client), amount: use - posted.used });
  await post(trx, {
    key: await nextKey(trx, 'credits', place),
    effectiveOn: session.localDate,
    description: `${session.ref} ${place.studentRef} ${settled.outcome}`,
    sessionId: session.id,
    attendanceId: place.id,
    entries,
  });
  return use > 0n || posted.used > 0n;
}

const sumOf = (amounts: ReadonlyMap<string, bigint>) => [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);

/** The session's row is locked, so counting what is posted gives each posting of a place a key of its own. */
async function nextKey(trx: Transaction<DB>, what: 'credits' | 'charge', place: LoadedPlace): Promise<string> {
  const prefix = `${what}:${place.id}:${place.revision}:`;
  const { count } = await trx
    .selectFrom('ledgerTransaction')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('attendanceId', '=', place.id)
    .where('idempotencyKey', 'like', `${prefix}%`)
    .executeTakeFirstOrThrow();
  return `${prefix}${count + 1n}`;
}

async function writeCharge(trx: Transaction<DB>, posting: PlacePosting): Promise<boolean> {
  const { session, place, settled, assessment, now } = posting;
  const net = assessment.targets.invoice ?? 0n;
  const was = place.chargeNet ?? 0n;
  const description = describe(posting);
  if (net !== was || (net !== 0n && (settled.minutes !== place.chargeMinutes || description !== place.chargeDescription))) {
    const values = {
      description,
      minutes: settled.minutes ?? null,
      net,
      reason: JSON.stringify(settled.reason ?? {}),
    };
    const client = { id: place.clientId, ref: place.clientRef };
    if (place.chargeId && net !== was)
      await followCharge(trx, { chargeId: place.chargeId, net, client, currency: session.currency });
    if (net === 0n) {
      if (place.chargeId) await trx.deleteFrom('charge').where('id', '=', place.chargeId).execute();
    } else if (place.chargeId) {
      await trx.updateTable('charge').set(values).where('id', '=', place.chargeId).execute();
    } else {
      await trx
        .insertInto('charge')
        .values({
          ...values,
          kind: 'session',
          clientId: place.clientId,
          attendanceId: place.id,
          revision: place.revision,
          localDate: session.localDate,
          taxPercent: session.taxPercent,
          settledAt: now,
        })
        .execute();
    }
    if (net !== was) {
      await post(trx, {
        key: await nextKey(trx, 'charge', place),
        effectiveOn: session.localDate,
        description: `${session.ref} ${place.studentRef} ${settled.outcome}`,
        sessionId: session.id,
        attendanceId: place.id,
        entries: [
          { account: accounts.unbilled(client, session.currency), amount: net - was },
          { account: accounts.tuition(session.currency), amount: was - net },
        ],
      });
    }
  }
  return net !== 0n;
}

const outcomeWords: Record<string, string> = { no_show: ', no-show', late_cancel: ', cancelled late' };

/** What the line of an invoice says: the lesson, by whom, for whom, and what was out of the ordinary. */
function describe({ session, place, settled }: PlacePosting): string {
  const lesson = session.title || session.subjectName;
  return `${place.firstName}: ${lesson}, ${session.programName}, with ${session.tutorName}${outcomeWords[settled.outcome] ?? ''}`;
}
