import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { type Policy, type StoredPolicies, storedPolicy } from './policies.ts';

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
function withoutUnused({ two_durations, ...rules }: StoredPolicies): object {
  return { ...rules, ...(two_durations ? { two_durations } : {}) };
}

/** Keys in a fixed order: the same rules give the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
