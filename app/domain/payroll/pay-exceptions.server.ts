import { type Kysely, sql } from 'kysely';
import { countReasons, type Period } from '#app/domain/billing/invoice-run.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import type { DB } from '#db/types.ts';
import { type PayException, type UnpaidSession, unpaidLabel } from './pay-run.ts';
import { coveredDay, inScope, type PayScope } from './pay-run-scope.server.ts';

export interface PaySpan extends Period {
  scope: PayScope;
  payWhenPaid: boolean;
}

interface Found {
  closed: boolean;
  leftOut: UnpaidSession[];
  /** In the organisation's zone. */
  today: string;
  currency: string;
}

/** What to know before this run is approved. */
export async function payExceptions(db: Kysely<DB>, span: PaySpan, found: Found): Promise<PayException[]> {
  const exceptions: PayException[] = [];
  if (found.closed) {
    const message = 'This period was paid already. What is settled from now on goes onto the next run, marked late.';
    exceptions.push({ code: 'closed', count: 1, message });
  } else if (found.today < span.to && !span.scope.offCycle) {
    const message = 'The period is not over. What is settled in it after this run goes onto the next run, marked late.';
    exceptions.push({ code: 'not_over', count: 1, message });
  }
  const before = await waitingBefore(db, span);
  if (before.count > 0) {
    const sum = formatDecimal(before.sum, currencyDigits(found.currency));
    exceptions.push({
      code: 'before_period',
      count: before.count,
      message: `${before.count} lines before ${span.from} are in no run yet (${sum} ${found.currency}, from ${before.first}): a run of those days pays them.`,
    });
  }
  for (const { reason, count } of countReasons(found.leftOut)) {
    if (['unclosed', 'unapproved', 'missing_rate'].includes(reason))
      exceptions.push({ code: reason, count, message: `${unpaidLabel(reason)}: ${count}` });
  }
  const sheets = await submittedEntries(db, span);
  if (sheets > 0) exceptions.push({ code: 'time_sheets', count: sheets, message: `Time sheets not approved: ${sheets}` });
  return exceptions;
}

interface Waiting {
  count: number;
  sum: bigint;
  first: string;
}

async function waitingBefore(db: Kysely<DB>, { from, scope }: PaySpan): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS sum, coalesce(min(local_date)::text, '') AS first
    FROM pay_item i
    WHERE run_id IS NULL AND local_date < ${from}::date AND ${inScope(scope, sql`i.tutor_id`)}
      AND NOT ${coveredDay(sql`i.tutor_id`, sql`i.local_date`)}`.execute(db);
  return rows[0] ?? { count: 0, sum: 0n, first: '' };
}

async function submittedEntries(db: Kysely<DB>, { to, scope }: PaySpan): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM time_sheet_entry e
    WHERE e.status = 'submitted' AND e.local_date < ${to}::date AND ${inScope(scope, sql`e.tutor_id`)}`.execute(db);
  return rows[0]?.count ?? 0;
}
