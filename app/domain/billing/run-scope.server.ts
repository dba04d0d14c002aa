import { type RawBuilder, sql } from 'kysely';
import type { Period } from './invoice-run.ts';
import type { RunScope } from './run-scope.ts';

/*
 * What a run covers, said once. A run covers the days of its period for what its scope takes in, but for families that
 * were held when it was confirmed. All fragments ask about a line or a place `k` with the columns client_id, program_id,
 * install_id and, where days matter, local_date.
 *
 *   covered: a run covers its day; what is unclaimed then was settled after that run, and is late
 *   closed:  runs cover every day of a period for it: nothing more goes into that period
 *   held:    its family waits, so no run takes it now
 */

const takesIn = sql`(r.client_ids IS NULL OR k.client_id = ANY(r.client_ids))
  AND (r.program_ids IS NULL OR k.program_id = ANY(r.program_ids))
  AND (r.billing_install_ids IS NULL OR k.install_id = ANY(r.billing_install_ids))
  AND NOT EXISTS (SELECT 1 FROM invoice_hold h WHERE h.client_id = k.client_id AND h.held_at <= r.confirmed_at
    AND (h.released_at IS NULL OR h.released_at > r.confirmed_at))`;

export const covered = sql<boolean>`EXISTS (
  SELECT 1 FROM invoice_run r WHERE r.period_from <= k.local_date AND k.local_date < r.period_to AND ${takesIn})`;

export const closed = ({ from, to }: Period): RawBuilder<boolean> => sql`coalesce((
  SELECT range_agg(daterange(r.period_from, r.period_to)) @> daterange(${from}::date, ${to}::date) FROM invoice_run r
  WHERE r.period_from < ${to}::date AND r.period_to > ${from}::date AND ${takesIn}), false)`;

export const held = sql<boolean>`EXISTS (
  SELECT 1 FROM invoice_hold h WHERE h.client_id = k.client_id AND h.released_at IS NULL)`;

export const inScope = (scope: RunScope): RawBuilder<boolean> => sql`(
  (${scope.clientIds}::uuid[] IS NULL OR k.client_id = ANY(${scope.clientIds}::uuid[]))
  AND (${scope.programIds}::uuid[] IS NULL OR k.program_id = ANY(${scope.programIds}::uuid[]))
  AND (${scope.billingInstallIds}::uuid[] IS NULL OR k.install_id = ANY(${scope.billingInstallIds}::uuid[])))`;

/** Runs whose scope holds all of this one, so that they cover whatever it would. */
export const coversScope = (scope: RunScope): RawBuilder<boolean> => sql`(
  (r.client_ids IS NULL OR r.client_ids @> ${scope.clientIds}::uuid[])
  AND (r.program_ids IS NULL OR r.program_ids @> ${scope.programIds}::uuid[])
  AND (r.billing_install_ids IS NULL OR r.billing_install_ids @> ${scope.billingInstallIds}::uuid[]))`;

/**
 * Unclaimed lines as `k`: charge_id and the charge's own columns, its place's session, and what its scope goes by. A line
 * about another (a discount, a write-off) goes where that one goes.
 */
export const unclaimedLines = sql`(
  SELECT c.id AS charge_id, c.client_id, c.kind, c.local_date, c.description, c.minutes, c.net, c.tax_percent, c.reason,
    c.settled_at, c.attendance_id, c.about_charge_id, s.id AS session_id, coalesce(s.ref, l.ref, '') AS ref,
    coalesce(a.student_id, c.student_id) AS student_id, coalesce(s.program_id, l.program_id, c.program_id) AS program_id,
    coalesce(c.periodic_install_id, a.billing_install_id, cl.billing_install_id, o.billing_install_id) AS install_id
  FROM charge c
  JOIN client cl ON cl.id = c.client_id
  LEFT JOIN organisation o ON true
  LEFT JOIN charge about ON about.id = c.about_charge_id
  LEFT JOIN attendance a ON a.id = coalesce(c.attendance_id, about.attendance_id)
  LEFT JOIN session s ON s.id = a.session_id
  LEFT JOIN credit_lot l ON l.id = coalesce(c.credit_lot_id, about.credit_lot_id)
  WHERE c.run_id IS NULL AND c.reversed_at IS NULL)`;
