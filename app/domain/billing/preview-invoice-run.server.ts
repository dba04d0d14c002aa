import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import {
  ACTIONABLE,
  countReasons,
  type InvoiceRunPreview,
  isLeftOutReason,
  type LeftOutPlace,
  leftOutLabel,
  type Period,
  type RunException,
  type RunFamily,
  type RunLine,
} from './invoice-run.ts';
import { currencyDigits, formatDecimal } from './money.ts';
import { shortPercent, totalsOf } from './tax.ts';
import { listUnbilled, sumBefore } from './unbilled-queries.server.ts';

export function checkPeriod({ from, to }: Period): void {
  if (!isLocalDate(from)) throw new DomainError('invalid_value', 'Enter the first day as a date.', { field: 'from' });
  if (!isLocalDate(to)) throw new DomainError('invalid_value', 'Enter the end as a date.', { field: 'to' });
  if (to <= from) throw new DomainError('invalid_value', 'The end must come after the first day.', { field: 'to' });
}

/**
 * What a run of `[from, to)` would bill, per family down to the line, and what it leaves out with the reasons. A pure
 * read. Its `hash` stands for all of that: confirming compares it, so that what was looked at is what is issued.
 * @throws DomainError invalid_value for a period that is none
 */
export async function previewInvoiceRun(db: Kysely<DB>, period: Period, now = new Date()): Promise<InvoiceRunPreview> {
  checkPeriod(period);
  const organisation = await findOrganisation(db);
  const currency = organisation?.currency ?? 'EUR';
  const closed = await isClosed(db, period);
  const families = closed ? [] : await claimable(db, period);
  const leftOut = (await listUnbilled(db, period)).filter((place) => closed || place.net === null);
  const today = localDateOf(now, organisation?.timezone ?? 'UTC');
  const exceptions = await exceptionsOf(db, period, { closed, leftOut, families, today, currency });
  const prints = families.map((family) => [family.clientRef, family.lines.length, family.total.toString(), printOf(family)]);
  const lines = families.reduce((sum, family) => sum + family.lines.length, 0);
  const sum = (pick: (family: RunFamily) => bigint) => families.reduce((total, family) => total + pick(family), 0n);
  const left = digest(leftOut.map((place) => [place.attendanceId, place.reason]));
  return {
    ...period,
    currency,
    closed,
    families,
    totals: { families: families.length, lines, net: sum((f) => f.net), tax: sum((f) => f.tax), total: sum((f) => f.total) },
    leftOut,
    exceptions,
    hash: digest([period.from, period.to, prints, left]),
    seen: JSON.stringify([prints, countReasons(leftOut).map(({ reason, count }) => [reason, count])]),
  };
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const printOf = (family: RunFamily) =>
  digest([
    family.clientName,
    family.lines.map((line) => [
      line.chargeId,
      line.net.toString(),
      line.taxPercent,
      line.minutes,
      line.localDate,
      line.description,
      line.late,
    ]),
  ]).slice(0, 10);

/** Every day of the period is in the period of some run. */
async function isClosed(db: Kysely<DB>, { from, to }: Period): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean | null }>`
    SELECT range_agg(daterange(period_from, period_to)) @> daterange(${from}::date, ${to}::date) AS closed FROM invoice_run
    WHERE period_from < ${to}::date AND period_to > ${from}::date`.execute(db);
  return rows[0]?.closed === true;
}

type ClaimableRow = RunLine & Pick<RunFamily, 'clientId' | 'clientRef' | 'clientName' | 'clientEmail'>;

/**
 * Charges that no run has claimed: of the period, and of days before it that a run has covered already (late ones).
 * What has such a day and is unclaimed was settled after that run: it would be on it otherwise.
 */
async function claimable(db: Kysely<DB>, { from, to }: Period): Promise<RunFamily[]> {
  const { rows } = await sql<ClaimableRow>`
    SELECT * FROM (
      SELECT c.id AS charge_id, c.kind, coalesce(s.ref, l.ref) AS ref, s.id AS session_id,
        coalesce(st.ref, '') AS student_ref, coalesce(trim(st.first_name || ' ' || st.last_name), '') AS student_name,
        c.local_date, c.description, c.minutes, c.net, c.tax_percent, c.reason,
        EXISTS (SELECT 1 FROM invoice_run r WHERE r.period_from <= c.local_date AND c.local_date < r.period_to) AS late,
        cl.id AS client_id, cl.ref AS client_ref, cl.name AS client_name, cl.email AS client_email
      FROM charge c
      JOIN client cl ON cl.id = c.client_id
      LEFT JOIN attendance a ON a.id = c.attendance_id
      LEFT JOIN session s ON s.id = a.session_id
      LEFT JOIN student st ON st.id = a.student_id
      LEFT JOIN credit_lot l ON l.id = c.credit_lot_id
      WHERE c.run_id IS NULL AND c.local_date < ${to}::date
    ) line
    WHERE local_date >= ${from}::date OR late
    ORDER BY client_ref COLLATE "C", local_date, ref COLLATE "C", student_ref COLLATE "C", charge_id`.execute(db);
  const families = new Map<string, RunFamily>();
  for (const { clientId, clientRef, clientName, clientEmail, ...line } of rows) {
    const family = families.get(clientId) ?? { clientId, clientRef, clientName, clientEmail, lines: [], ...totalsOf([]) };
    family.lines.push({ ...line, taxPercent: shortPercent(line.taxPercent) });
    families.set(clientId, family);
  }
  return [...families.values()].map((family) => ({ ...family, ...totalsOf(family.lines) }));
}

interface Found {
  closed: boolean;
  leftOut: LeftOutPlace[];
  families: RunFamily[];
  today: string;
  currency: string;
}

async function exceptionsOf(db: Kysely<DB>, period: Period, found: Found): Promise<RunException[]> {
  const exceptions: RunException[] = [];
  const add = (code: RunException['code'], count: number, message: string) => {
    if (count > 0) exceptions.push({ code, count, message });
  };
  add(
    'closed',
    found.closed ? 1 : 0,
    'This period was billed already. What is settled from now on goes onto the next run, marked late.',
  );
  const unfinished = await db.selectFrom('invoiceRun').select('id').where('status', '=', 'issuing').execute();
  add('unfinished', unfinished.length, 'A run was confirmed and is not finished: its page shows how far it is.');
  add(
    'not_over',
    !found.closed && found.today < period.to ? 1 : 0,
    'The period is not over. What is settled in it after this run goes onto the next run, marked late.',
  );
  const before = await sumBefore(db, period.from);
  const digits = currencyDigits(found.currency);
  add(
    'before_period',
    before.count,
    `${before.count} settled before ${period.from} and in no run yet (net ${formatDecimal(before.net, digits)} ${found.currency}, from ${before.first}): a run of those days bills them.`,
  );
  for (const { reason, count } of countReasons(found.leftOut)) {
    if (isLeftOutReason(reason) && ACTIONABLE.includes(reason)) add(reason, count, `${leftOutLabel(reason)}: ${count}`);
  }
  const silent = found.families.filter((family) => !family.clientEmail).map((family) => family.clientName);
  add(
    'no_email',
    silent.length,
    `No mail address, so the invoice is not mailed: ${silent.slice(0, 5).join(', ')}${silent.length > 5 ? ', …' : ''}`,
  );
  return exceptions;
}
