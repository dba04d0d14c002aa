import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { countReasons, type Period } from '#app/domain/billing/invoice-run.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { checkPeriod } from '#app/domain/billing/preview-invoice-run.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import {
  type PayException,
  type PayLine,
  type PayRunPreview,
  type PayStatement,
  payTotals,
  type UnpaidSession,
  unpaidLabel,
} from './pay-run.ts';

/**
 * What a pay run of `[from, to)` would pay, per tutor down to the line, and which sessions it leaves out with the
 * reasons. A pure read; approving compares its `hash`.
 * @throws DomainError invalid_value for a period that is none
 */
export async function previewPayRun(db: Kysely<DB>, period: Period, now = new Date()): Promise<PayRunPreview> {
  checkPeriod(period);
  const organisation = await findOrganisation(db);
  const currency = organisation?.currency ?? 'EUR';
  const closed = await isClosed(db, period);
  const statements = closed ? [] : await payable(db, period);
  const leftOut = await listUnpaid(db, period);
  const prints = statements.map((one) => [one.tutorRef, one.lines.length, one.total.toString(), printOf(one)]);
  const today = localDateOf(now, organisation?.timezone ?? 'UTC');
  return {
    ...period,
    currency,
    closed,
    statements,
    totals: {
      ...payTotals(statements.flatMap((one) => one.lines)),
      tutors: statements.length,
      lines: statements.reduce((n, one) => n + one.lines.length, 0),
    },
    leftOut,
    exceptions: await exceptionsOf(db, period, { closed, leftOut, today, currency }),
    hash: digest([period.from, period.to, prints, digest(leftOut.map((session) => [session.sessionId, session.reason]))]),
    seen: JSON.stringify([prints, countReasons(leftOut).map(({ reason, count }) => [reason, count])]),
  };
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const printOf = (one: PayStatement) =>
  digest(
    one.lines.map((line) => [line.itemId, line.amount.toString(), line.minutes, line.localDate, line.note, line.late]),
  ).slice(0, 10);

/** A run that was voided covers nothing. */
async function isClosed(db: Kysely<DB>, { from, to }: Period): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean | null }>`
    SELECT range_agg(daterange(period_from, period_to)) @> daterange(${from}::date, ${to}::date) AS closed FROM pay_run
    WHERE status <> 'void' AND period_from < ${to}::date AND period_to > ${from}::date`.execute(db);
  return rows[0]?.closed === true;
}

async function payable(db: Kysely<DB>, { from, to }: Period): Promise<PayStatement[]> {
  const { rows } = await sql<PayLine & Pick<PayStatement, 'tutorId' | 'tutorRef' | 'tutorName'>>`
    SELECT * FROM (
      SELECT i.id AS item_id, i.kind, coalesce(s.ref, '') AS ref, i.session_id, i.local_date, i.minutes, i.amount, i.note, i.reason,
        EXISTS (SELECT 1 FROM pay_run r WHERE r.status <> 'void' AND r.period_from <= i.local_date AND i.local_date < r.period_to) AS late,
        t.id AS tutor_id, t.ref AS tutor_ref, trim(t.first_name || ' ' || t.last_name) AS tutor_name
      FROM pay_item i
      JOIN tutor t ON t.id = i.tutor_id
      LEFT JOIN session s ON s.id = i.session_id
      WHERE i.run_id IS NULL AND i.local_date < ${to}::date
    ) line
    WHERE local_date >= ${from}::date OR late
    ORDER BY tutor_ref COLLATE "C", local_date, ref COLLATE "C", kind, item_id`.execute(db);
  const statements = new Map<string, PayStatement>();
  for (const { tutorId, tutorRef, tutorName, ...line } of rows) {
    const one = statements.get(tutorId) ?? { tutorId, tutorRef, tutorName, lines: [], ...payTotals([]) };
    // A correction keeps the session it is about as a link; as a line it has no reference of its own.
    one.lines.push({ ...line, ref: line.kind === 'session' || line.kind === 'mileage' ? line.ref : '' });
    statements.set(tutorId, one);
  }
  return [...statements.values()].map((one) => ({ ...one, ...payTotals(one.lines) }));
}

export interface UnpaidFilter extends Period {
  tutorId?: string;
}

/** Sessions of the period that have no pay line, and why. */
export async function listUnpaid(db: Kysely<DB>, { from, to, tutorId }: UnpaidFilter): Promise<UnpaidSession[]> {
  const { rows } = await sql<UnpaidSession>`
    SELECT s.id AS session_id, s.ref AS session_ref, s.starts_at, s.local_date, t.id AS tutor_id,
      trim(t.first_name || ' ' || t.last_name) AS tutor_name, coalesce(s.pay_left_out, 'unclosed') AS reason
    FROM session s JOIN tutor t ON t.id = s.tutor_id
    WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date
      AND (${tutorId ?? null}::uuid IS NULL OR s.tutor_id = ${tutorId ?? null}::uuid)
      AND s.status NOT IN ('requested', 'declined', 'rescheduled')
      AND NOT EXISTS (SELECT 1 FROM pay_item i WHERE i.session_id = s.id AND i.kind = 'session')
    ORDER BY s.starts_at, s.ref COLLATE "C"`.execute(db);
  return rows;
}

interface Found {
  closed: boolean;
  leftOut: UnpaidSession[];
  today: string;
  currency: string;
}

async function exceptionsOf(db: Kysely<DB>, period: Period, found: Found): Promise<PayException[]> {
  const exceptions: PayException[] = [];
  if (found.closed) {
    exceptions.push({
      code: 'closed',
      count: 1,
      message: 'This period was paid already. What is settled from now on goes onto the next run, marked late.',
    });
  } else if (found.today < period.to) {
    exceptions.push({
      code: 'not_over',
      count: 1,
      message: 'The period is not over. What is settled in it after this run goes onto the next run, marked late.',
    });
  }
  const { rows } = await sql<{ count: number; sum: bigint; first: string | null }>`
    SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS sum, min(local_date) AS first FROM pay_item i
    WHERE run_id IS NULL AND local_date < ${period.from}::date
      AND NOT EXISTS (SELECT 1 FROM pay_run r WHERE r.status <> 'void' AND r.period_from <= i.local_date AND i.local_date < r.period_to)`.execute(
    db,
  );
  const before = rows[0];
  if (before && before.count > 0) {
    const sum = formatDecimal(before.sum, currencyDigits(found.currency));
    exceptions.push({
      code: 'before_period',
      count: before.count,
      message: `${before.count} lines before ${period.from} are in no run yet (${sum} ${found.currency}, from ${before.first}): a run of those days pays them.`,
    });
  }
  for (const { reason, count } of countReasons(found.leftOut)) {
    if (['unclosed', 'unapproved', 'missing_rate'].includes(reason))
      exceptions.push({ code: reason, count, message: `${unpaidLabel(reason)}: ${count}` });
  }
  return exceptions;
}
