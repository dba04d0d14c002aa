import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { type ChangedMeanwhile, changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { SetAvailability } from './availability.schema.ts';
import { listRules } from './availability-queries.server.ts';
import { lockTutor } from './lock-tutor.server.ts';
import { addDays, localDateOf } from './wall-time.ts';
import { type DatedSpan, planOn, plansFrom, replaceWeek, type WeekPlan, weekMinutes, weekStamp } from './week-plan.ts';

export interface StaleWeek extends Omit<ChangedMeanwhile, 'version'> {
  /** What is saved now: sent again, it says that the change was seen. */
  stamp: string;
}

/**
 * Saves the whole week of a tutor at once, for today and on or from a later day on; what held until then stays. Sent twice
 * it is saved once.
 * @throws DomainError conflict (details: StaleWeek) when other hours were saved since the page was made, invalid_value at
 *   `from` or `until`, not_found
 */
export async function setAvailability(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: SetAvailability): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { timezone } = await lockTutor(trx, input.tutorId, ctx.clock());
    const rules = await listRules(trx, input.tutorId);
    const plan = planFor(rules, input, localDateOf(ctx.clock(), timezone));
    const next = replaceWeek(rules, plan);
    if (weekStamp(next) === weekStamp(rules)) return;
    if (weekStamp(rules) !== input.stamp) {
      const { message, details } = await changedMeanwhile(trx, {
        type: 'availability',
        id: input.tutorId,
        word: 'week',
        version: 0,
      });
      const { by, at } = details as ChangedMeanwhile;
      throw new DomainError('conflict', message, { details: { by, at, stamp: weekStamp(rules) } satisfies StaleWeek });
    }
    await trx.deleteFrom('availabilityRule').where('tutorId', '=', input.tutorId).execute();
    if (next.length > 0)
      await trx
        .insertInto('availabilityRule')
        .values(next.map((rule) => ({ ...rule, tutorId: input.tutorId })))
        .execute();
    const before = planOn(rules, plan.from ?? localDateOf(ctx.clock(), timezone));
    await audit(trx, actor, {
      action: 'availability.set',
      subjectType: 'availability',
      subjectId: input.tutorId,
      before: { minutesAWeek: weekMinutes(before), spans: before },
      after: { minutesAWeek: weekMinutes(plan.spans), spans: plan.spans, from: plan.from, to: plan.to },
    });
  });
}

/** The days that are meant: those of the plan that is changed, or new ones, up to where other hours begin. */
function planFor(rules: readonly DatedSpan[], input: SetAvailability, today: string): WeekPlan {
  const plans = plansFrom(rules, today);
  const present = input.from === null || input.from <= today;
  // The past keeps its hours; a first week holds for always.
  const from = present ? (rules.length === 0 ? null : today) : input.from;
  const next = plans.find((plan) => plan.from !== null && plan.from > (from ?? today));
  if (input.until !== null && input.until < (from ?? today))
    throw new DomainError('invalid_value', 'The last day can’t be before the first.', { field: 'until' });
  const to = input.until === null ? (next?.from ?? null) : addDays(input.until, 1);
  const spans = input.spans === 'before' ? planOn(rules, addDays(from ?? today, -1)) : input.spans;
  return { from, to, spans };
}
