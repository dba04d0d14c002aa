import { type Kysely, sql, type Transaction } from 'kysely';
import { hashToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { refusal } from '#app/domain/scheduling/book-session.server.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { checkCalendars } from '#app/domain/scheduling/check-calendars.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { occupationOf, planBooking } from '#app/domain/scheduling/plan-booking.server.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkHoldsFrom, type HeldPlan } from './hold-queries.server.ts';

export interface HoldSlotInput {
  /** The guest's secret, from `newToken`; one that holds a time already is moved to this one. */
  token: string;
  /** The network the request came from, kept as a hash for as long as the hold. */
  from: string;
  tutorId: string;
  plan: HeldPlan;
}

/**
 * Keeps a tutor's time for a guest while they say who they are, for as long as the organisation's rules say. It is
 * checked like the booking it is to become, and takes the tutor (with the buffer) as that would. Sending it again with the
 * same token keeps the time anew.
 * @throws DomainError as bookSession; conflict when this address keeps too many times already
 */
export async function holdSlot(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: HoldSlotInput,
): Promise<{ holdId: string; startsAt: Date; endsAt: Date; expiresAt: Date }> {
  try {
    return await inTransaction(db, (trx) => hold(trx, ctx, input));
  } catch (error) {
    throw clashOf(error) ?? twiceAtOnce(error) ?? error;
  }
}

async function hold(trx: Transaction<DB>, ctx: DomainContext, { token, from, tutorId, plan }: HoldSlotInput) {
  const now = ctx.clock();
  const { facts, time, problems } = await planBooking(trx, ctx, { ...plan, tutorId, studentIds: [], billable: true });
  if (!time) throw refusal(problems);
  const occupation = occupationOf(facts, time);
  await lockResources(trx, [tutorId], now);
  const before = await trx
    .selectFrom('hold')
    .select('id')
    .where('tokenHash', '=', hashToken(token))
    .forUpdate()
    .executeTakeFirst();
  await checkHoldsFrom(trx, from, now, token);
  const calendars = await checkCalendars(trx, ctx, {
    occupation,
    programId: facts.program.id,
    place: plan.mode === 'in_person' ? facts.place : null,
    by: 'storefront',
    overruleStudents: false,
    exceptHoldId: before?.id,
  });
  problems.push(...calendars.problems);
  if (blocking(problems).length > 0) throw refusal(problems);

  const { scheduling } = await trx.selectFrom('organisation').select('scheduling').executeTakeFirstOrThrow();
  const expiresAt = addMinutes(now, readSchedulingRules(scheduling).storefront.holdMinutes);
  if (before) await trx.deleteFrom('hold').where('id', '=', before.id).execute();
  const { id: holdId } = await trx
    .insertInto('hold')
    .values({
      tokenHash: hashToken(token),
      tutorId,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      data: JSON.stringify({ ...plan, from: hashToken(from) }),
      expiresAt,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('sessionResource')
    .values({
      holdId,
      resourceId: tutorId,
      busy: sql<string>`tstzrange(${time.startsAt}, ${addMinutes(time.endsAt, facts.tutor.bufferMinutes)})`,
    })
    .execute();
  return { holdId, startsAt: time.startsAt, endsAt: time.endsAt, expiresAt };
}

/** The same form at the same moment from two tabs. */
function twiceAtOnce(error: unknown): DomainError | undefined {
  if (constraintOf(error) !== 'hold_token_hash_key') return undefined;
  return new DomainError('conflict', 'This was sent twice at the same moment. Choose the time once more.', { cause: error });
}
