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
} from './invoice-run.ts';
import { currencyDigits, formatDecimal } from './money.ts';
import { listRunFamilies } from './run-families.server.ts';
import { coversScope } from './run-scope.server.ts';
import { EVERYBODY, isEverybody, type RunScope } from './run-scope.ts';
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
export async function previewInvoiceRun(
  db: Kysely<DB>,
  wanted: Period & { scope?: RunScope },
  now = new Date(),
): Promise<InvoiceRunPreview> {
  const period = { from: wanted.from, to: wanted.to };
  const scope = wanted.scope ?? EVERYBODY;
  checkPeriod(period);
  const organisation = await findOrganisation(db);
  const currency = organisation?.currency ?? 'EUR';
  const all = await listRunFamilies(db, period, scope);
  const families = all.filter((family) => family.total >= 0n);
  // Nobody is sent an invoice of less than nothing: what is taken off waits for lines to take it from.
  const waiting = all.filter((family) => family.total < 0n);
  const isOver = all.length === 0 && (await isClosed(db, period, scope));
  const billed = new Set(families.flatMap((family) => family.lines.map((line) => line.attendanceId)));
  const leftOut = (await listUnbilled(db, { ...period, scope })).filter((place) => !billed.has(place.attendanceId));
  const today = localDateOf(now, organisation?.timezone ?? 'UTC');
  const exceptions = await exceptionsOf(db, period, scope, { closed: isOver, leftOut, families, today, currency });
  const printed = (some: readonly RunFamily[]) =>
    some.map((family) => [family.clientRef, family.lines.length, family.total.toString(), printOf(family)]);
  const prints = printed(families);
  const lines = families.reduce((sum, family) => sum + family.lines.length, 0);
  const sum = (pick: (family: RunFamily) => bigint) => families.reduce((total, family) => total + pick(family), 0n);
  const left = digest(leftOut.map((place) => [place.attendanceId, place.reason]));
  return {
    ...period,
    scope,
    currency,
    closed: isOver,
    families,
    waiting,
    totals: { families: families.length, lines, net: sum((f) => f.net), tax: sum((f) => f.tax), total: sum((f) => f.total) },
    leftOut,
    exceptions,
    hash: digest([period.from, period.to, prints, left, ...(isEverybody(scope) ? [] : [scope]), ...printed(waiting)]),
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

/** Runs of all that this one would be of have covered every day of the period. */
async function isClosed(db: Kysely<DB>, { from, to }: Period, scope: RunScope): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean | null }>`
    SELECT range_agg(daterange(r.period_from, r.period_to)) @> daterange(${from}::date, ${to}::date) AS closed
    FROM invoice_run r
    WHERE r.period_from < ${to}::date AND r.period_to > ${from}::date AND ${coversScope(scope)}`.execute(db);
  return rows[0]?.closed === true;
}

interface Found {
  closed: boolean;
  leftOut: LeftOutPlace[];
  families: RunFamily[];
  today: string;
  currency: string;
}

async function exceptionsOf(db: Kysely<DB>, period: Period, scope: RunScope, found: Found): Promise<RunException[]> {
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
  const before = await sumBefore(db, period.from, scope);
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
