import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { type Policy, storedPolicy } from './policies.ts';
import type { StoredPolicies } from './policy.schema.ts';

/**
 * The id of the version that holds exactly these rules, made on first use. A session keeps the version it was booked
 * under, so that a later change of policy changes nothing already agreed.
 */
export async function policyVersionFor(trx: Transaction<DB>, policy: Policy): Promise<string> {
  const rules = canonical(withoutUnused(storedPolicy(policy)));
  const hash = createHash('sha256').update(rules).digest('hex');
  const find = () => trx.selectFrom('policyVersion').select('id').where('hash', '=', hash).executeTakeFirst();
  const known = await find();
  if (known) return known.id;
  const made = await trx
    .insertInto('policyVersion')
    .values({ hash, rules })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('id')
    .executeTakeFirst();
  const version = made ?? (await find());
  if (!version) throw new Error(`the policy version ${hash} was made by another transaction that is not visible yet`);
  return version.id;
}

/** Rules that came later are left out where they are not used: what was booked before them has the same version still. */
function withoutUnused({ two_durations, make_up, no_show, late_cancel, ...rules }: StoredPolicies): object {
  const { full_pay_minutes: missed, ...noShow } = no_show;
  const { steps, free_per_term, full_pay_minutes: late, ...lateCancel } = late_cancel;
  return {
    ...rules,
    no_show: { ...noShow, ...(missed > 0 ? { full_pay_minutes: missed } : {}) },
    late_cancel: {
      ...lateCancel,
      ...(steps.length > 0 ? { steps } : {}),
      ...(free_per_term > 0 ? { free_per_term } : {}),
      ...(late > 0 ? { full_pay_minutes: late } : {}),
    },
    ...(two_durations ? { two_durations } : {}),
    ...(make_up.on === 'never' ? {} : { make_up }),
  };
}

/** Keys in a fixed order: the same rules give the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
