import { type Kysely, sql } from 'kysely';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { PeriodSnapshot } from '#plugins/contract/index.ts';
import { activeDays, daysBetween, monthAround, type Span } from './billing-months.ts';
import { currencyDigits } from './money.ts';

export interface PeriodOfClient {
  clientId: string;
  clientRef: string;
  installId: string;
  /** The day its lines bear: the first of the month that the family was in the mode. */
  chargedOn: string;
  snapshot: PeriodSnapshot;
  /** Per key, net in minor units: what runs have claimed, and what waits. */
  posted: { key: string; claimed: bigint; open: bigint; description: string | null }[];
}

/** What is older than this is settled for good. */
const LOOK_BACK_DAYS = 400;

interface Row {
  clientId: string;
  clientRef: string;
  installId: string;
  month: string;
  spans: Span[];
  places: PeriodSnapshot['places'];
  posted: { key: string; claimed: string; open: string; description: string | null }[];
}

/** Every month up to the current one in which a family was in a mode with a fee for a period, or was taught in it. */
export async function readPeriods(
  db: Kysely<DB>,
  { today, clientId }: { today: string; clientId?: string },
): Promise<PeriodOfClient[]> {
  const { currency } = await getOrganisation(db);
  const since = monthAround(addDays(today, -LOOK_BACK_DAYS)).from;
  const { to } = monthAround(today);
  const only = clientId ?? null;
  const { rows } = await sql<Row>`
    WITH installs AS (SELECT DISTINCT install_id FROM periodic_span),
    taught AS (
      SELECT a.client_id, a.billing_install_id AS install_id, date_trunc('month', s.local_date)::date AS month,
        json_agg(json_build_object('attendanceId', a.id, 'localDate', s.local_date::text, 'minutes', coalesce(a.minutes, s.duration_minutes),
          'outcome', a.outcome, 'chargePercent', trim_scale(a.charge_percent)::text) ORDER BY s.starts_at, a.id) AS places
      FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE a.billing_install_id IN (SELECT install_id FROM installs) AND s.billable AND a.settled_at IS NOT NULL
        AND a.charge_percent > 0 AND s.local_date >= ${since}::date AND s.local_date < ${to}::date
        AND (${only}::uuid IS NULL OR a.client_id = ${only}::uuid)
      GROUP BY 1, 2, 3
    ),
    posted AS (
      SELECT client_id, periodic_install_id AS install_id, periodic_from AS month, json_agg(json_build_object('key', key,
        'claimed', claimed::text, 'open', open::text, 'description', description)) AS posted
      FROM (
        SELECT client_id, periodic_install_id, periodic_from, periodic_key AS key,
          coalesce(sum(net) FILTER (WHERE run_id IS NOT NULL), 0) AS claimed, coalesce(sum(net) FILTER (WHERE run_id IS NULL), 0) AS open,
          max(description) FILTER (WHERE run_id IS NULL) AS description
        FROM charge WHERE kind = 'periodic' AND periodic_from >= ${since}::date AND (${only}::uuid IS NULL OR client_id = ${only}::uuid)
        GROUP BY 1, 2, 3, 4
      ) k GROUP BY 1, 2, 3
    ),
    months AS (
      SELECT s.client_id, s.install_id, m::date AS month
      FROM periodic_span s, generate_series(greatest(date_trunc('month', s.starts_on), ${since}::timestamp),
        least(coalesce(s.ends_on, ${to}::date), ${to}::date)::timestamp - interval '1 day', interval '1 month') m
      WHERE ${only}::uuid IS NULL OR s.client_id = ${only}::uuid
      UNION SELECT client_id, install_id, month FROM taught
      UNION SELECT client_id, install_id, month FROM posted
    )
    SELECT c.id AS client_id, c.ref AS client_ref, n.install_id, n.month,
      coalesce(t.places, '[]') AS places, coalesce(p.posted, '[]') AS posted,
      coalesce((SELECT json_agg(json_build_object('startsOn', s.starts_on::text, 'endsOn', s.ends_on::text) ORDER BY s.starts_on)
        FROM periodic_span s WHERE s.client_id = n.client_id AND s.install_id = n.install_id), '[]') AS spans
    FROM months n JOIN client c ON c.id = n.client_id
    LEFT JOIN taught t USING (client_id, install_id, month)
    LEFT JOIN posted p USING (client_id, install_id, month)
    ORDER BY c.ref COLLATE "C", n.month`.execute(db);
  return rows.map((row) => {
    const month = monthAround(row.month);
    const first = row.spans.find((span) => span.endsOn === null || span.endsOn > month.from)?.startsOn;
    return {
      clientId: row.clientId,
      clientRef: row.clientRef,
      installId: row.installId,
      chargedOn: first !== undefined && first > month.from && first < month.to ? first : month.from,
      posted: row.posted.map((one) => ({ ...one, claimed: BigInt(one.claimed), open: BigInt(one.open) })),
      snapshot: {
        ...month,
        days: daysBetween(month.from, month.to),
        activeDays: activeDays(row.spans, month),
        currencyDigits: currencyDigits(currency),
        places: row.places,
      },
    };
  });
}
