import { type Kysely, sql } from 'kysely';
import { whoDid } from '#app/domain/audit/who-did.ts';
import type { DB } from '#db/types.ts';
import { effectivePolicy, type Policy, policyOf, readPolicies } from './policies.ts';

export interface PolicyEdit {
  id: string;
  at: Date;
  by: string;
  /** Null: the organisation's own rules. */
  program: { id: string; name: string } | null;
  before: Policy;
  after: Policy;
}

export interface PolicyInUse {
  id: string;
  /** When somebody booked by these rules for the first time. */
  since: Date;
  policy: Policy;
  sessions: number;
  /** The days of the first and the last session booked by them, YYYY-MM-DD. */
  firstDay: string;
  lastDay: string;
}

interface EditRow {
  id: bigint;
  at: Date;
  name: string | null;
  actorKind: string;
  apiKeyName: string | null;
  programId: string | null;
  programName: string | null;
  before: unknown;
  after: unknown;
}

/** Who changed which rules, the newest first: the organisation's and what programs say differently. Two statements. */
export async function listPolicyEdits(db: Kysely<DB>, { limit = 100 }: { limit?: number } = {}): Promise<PolicyEdit[]> {
  const { policies } = await db.selectFrom('organisation').select('policies').executeTakeFirstOrThrow();
  const { rows } = await sql<EditRow>`
    SELECT l.id, l.at, coalesce(nullif(u.name, ''), u.email::text) AS name, l.actor_kind, k.name AS api_key_name, p.id AS program_id,
      p.name AS program_name, CASE WHEN p.id IS NULL THEN l.before ELSE l.before -> 'policyOverrides' END AS before,
      CASE WHEN p.id IS NULL THEN l.after ELSE l.after -> 'policyOverrides' END AS after
    FROM audit_log l LEFT JOIN users u ON u.id = l.actor_user_id LEFT JOIN api_key k ON k.id = l.actor_api_key_id
    LEFT JOIN program p ON l.subject_type = 'program' AND p.id::text = l.subject_id::text
    WHERE l.action = 'organisation.edit_policies' OR (l.action = 'program.edit' AND p.id IS NOT NULL AND l.after ? 'policyOverrides')
    ORDER BY l.id DESC LIMIT ${limit}`.execute(db);
  // Backwards from what holds now: an entry says only what it changed.
  let holds: Record<string, unknown> = { ...readPolicies(policies) };
  return rows.map(({ id, at, programId, programName, before, after, ...who }) => {
    const edit = { id: String(id), at, by: whoDid(who) };
    if (programId !== null)
      return {
        ...edit,
        program: { id: programId, name: programName ?? '' },
        before: effectivePolicy(holds, before),
        after: effectivePolicy(holds, after),
      };
    const was = { ...holds, ...(before as object) };
    const pair = { before: policyOf(was), after: policyOf({ ...holds, ...(after as object) }) };
    holds = was;
    return { ...edit, program: null, ...pair };
  });
}

/** The rules that sessions are booked by, the newest first. One statement over all sessions. */
export async function listPoliciesInUse(db: Kysely<DB>): Promise<PolicyInUse[]> {
  const { rows } = await sql<Omit<PolicyInUse, 'policy'> & { rules: unknown }>`
    SELECT v.id, v.created_at AS since, v.rules, s.sessions, s.first_day, s.last_day
    FROM policy_version v JOIN (
      SELECT policy_version_id, count(*)::int AS sessions, min(local_date) AS first_day, max(local_date) AS last_day
      FROM session GROUP BY policy_version_id) s ON s.policy_version_id = v.id
    ORDER BY v.created_at DESC, v.id DESC`.execute(db);
  return rows.map(({ rules, ...row }) => ({ ...row, policy: policyOf(rules) }));
}
