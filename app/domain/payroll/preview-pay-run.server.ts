import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { countReasons, type Period } from '#app/domain/billing/invoice-run.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { checkPeriod } from '#app/domain/billing/preview-invoice-run.server.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { type PaySpan, payExceptions } from './pay-exceptions.server.ts';
import { type PayLine, type PayRunPreview, type PayStatement, payTotals } from './pay-run.ts';
import { coveredDay, inScope, paidFor, resolvePayWho } from './pay-run-scope.server.ts';
import { payWarnings } from './pay-warnings.ts';
import { EVERYBODY, type PayWho } from './pay-who.ts';
import { listUnpaid } from './unpaid-queries.server.ts';
import { waitsForPayment } from './waits-for-payment.server.ts';

/**
 * What a pay run of `[from, to)` would pay these tutors, per tutor down to the line, and which sessions it leaves out with
 * the reasons. A pure read; approving compares its `hash`.
 * @throws DomainError invalid_value for a period that is none, or nobody chosen; not_found for a pay group that is gone
 */
export async function previewPayRun(
  db: Kysely<DB>,
  period: Period,
  now = new Date(),
  who: PayWho = EVERYBODY,
): Promise<PayRunPreview> {
  checkPeriod(period);
  const scope = await resolvePayWho(db, who);
  const organisation = await findOrganisation(db);
  const currency = organisation?.currency ?? 'EUR';
  const settings = await getMoneySettings(db);
  const span = { ...period, scope, payWhenPaid: settings.pay_when_paid };
  const closed = await isClosed(db, span);
  const statements = await payable(db, span);
  const usual = await usualTotals(
    db,
    statements.map((one) => one.tutorId),
  );
  const digits = currencyDigits(currency);
  for (const one of statements) {
    one.warnings = payWarnings(
      { ...one, usual: usual.get(one.tutorId) },
      {
        unusualFactor: settings.unusual_pay_factor,
        hoursAWeek: settings.pay_hours_a_week,
        money: (amount) => `${formatDecimal(amount, digits)} ${currency}`,
      },
    );
  }
  const leftOut = await listUnpaid(db, { ...period, scope, payWhenPaid: settings.pay_when_paid });
  const prints = statements.map((one) => [one.tutorRef, one.lines.length, one.total.toString(), printOf(one)]);
  const today = localDateOf(now, organisation?.timezone ?? 'UTC');
  return {
    from: period.from,
    to: period.to,
    label: scope.label,
    currency,
    closed,
    statements,
    totals: {
      ...payTotals(statements.flatMap((one) => one.lines)),
      tutors: statements.length,
      lines: statements.reduce((n, one) => n + one.lines.length, 0),
    },
    leftOut,
    exceptions: await payExceptions(db, span, { closed, leftOut, today, currency }),
    hash: digest([period.from, period.to, scope, prints, digest(leftOut.map((session) => [session.sessionId, session.reason]))]),
    seen: JSON.stringify([prints, countReasons(leftOut).map(({ reason, count }) => [reason, count])]),
  };
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const printOf = (one: PayStatement) =>
  digest(
    one.lines.map((line) => [line.itemId, line.amount.toString(), line.minutes, line.localDate, line.note, line.late]),
  ).slice(0, 10);

/** Everybody it is of was paid for the whole of it. Off the calendar nothing is ever closed. */
async function isClosed(db: Kysely<DB>, span: PaySpan): Promise<boolean> {
  if (span.scope.offCycle) return false;
  const { rows } = await sql<{ closed: boolean }>`
    SELECT coalesce(bool_and(${paidFor(span, sql`t.id`)}), false) AS closed FROM tutor t
    WHERE ${inScope(span.scope, sql`t.id`)}`.execute(db);
  return rows[0]?.closed === true;
}

async function payable(db: Kysely<DB>, span: PaySpan): Promise<PayStatement[]> {
  const { from, to, scope, payWhenPaid } = span;
  const { rows } = await sql<PayLine & Pick<PayStatement, 'tutorId' | 'tutorRef' | 'tutorName'>>`
    SELECT * FROM (
      SELECT i.id AS item_id, i.kind, coalesce(s.ref, '') AS ref, i.session_id, i.local_date, i.minutes, i.amount, i.note, i.reason,
        ${coveredDay(sql`i.tutor_id`, sql`i.local_date`)} AS late,
        t.id AS tutor_id, t.ref AS tutor_ref, trim(t.first_name || ' ' || t.last_name) AS tutor_name
      FROM pay_item i
      JOIN tutor t ON t.id = i.tutor_id
      LEFT JOIN session s ON s.id = i.session_id
      WHERE i.run_id IS NULL AND i.local_date < ${to}::date AND ${inScope(scope, sql`i.tutor_id`)}
        AND ${scope.offCycle ? sql`true` : sql`t.id IN (SELECT id FROM tutor open WHERE NOT ${paidFor(span, sql`open.id`)})`}
        AND ${payWhenPaid ? sql`NOT (i.kind IN ('session', 'mileage') AND ${waitsForPayment(sql`i.session_id`)})` : sql`true`}
    ) line
    WHERE local_date >= ${from}::date OR late
    ORDER BY tutor_ref COLLATE "C", local_date, ref COLLATE "C", kind, item_id`.execute(db);
  const statements = new Map<string, PayStatement>();
  for (const { tutorId, tutorRef, tutorName, ...line } of rows) {
    const one = statements.get(tutorId) ?? { tutorId, tutorRef, tutorName, lines: [], warnings: [], ...payTotals([]) };
    // A correction keeps the session it is about as a link; as a line it has no reference of its own.
    one.lines.push({ ...line, ref: line.kind === 'session' || line.kind === 'mileage' ? line.ref : '' });
    statements.set(tutorId, one);
  }
  return [...statements.values()].map((one) => ({ ...one, ...payTotals(one.lines) }));
}

/** What each of these tutors was paid by their last six regular runs, on average; none where there were fewer than two. */
async function usualTotals(db: Kysely<DB>, tutorIds: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ tutorId: string; usual: bigint }>`
    SELECT t.id AS tutor_id, round(avg(last.total))::bigint AS usual FROM unnest(${tutorIds}::uuid[]) AS t (id)
    CROSS JOIN LATERAL (
      SELECT sum(i.amount) AS total FROM pay_item i JOIN pay_run r ON r.id = i.run_id
      WHERE i.tutor_id = t.id AND r.status <> 'void' AND NOT r.off_cycle
      GROUP BY r.id ORDER BY r.period_from DESC LIMIT 6) last
    GROUP BY t.id HAVING count(*) >= 2`.execute(db);
  return new Map(rows.map((row) => [row.tutorId, row.usual]));
}
