import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface CreditsOutstanding {
  clientId: string;
  clientName: string;
  /** Hundredths; below zero where more was booked than bought. */
  available: bigint;
  booked: bigint;
  /** Of the packages, what is left to be taught at what it had cost: minor units. */
  worth: bigint;
  /** Of what is available: what ends within 30 days, and on which day first. */
  expiring: bigint;
  expiresOn: string | null;
}

/** Families with credits left, booked or below zero, the fewest first. */
export async function listCreditsOutstanding(db: Kysely<DB>, today: string): Promise<CreditsOutstanding[]> {
  const { rows } = await sql<CreditsOutstanding>`
    SELECT c.id AS client_id, c.name AS client_name, x.available, x.booked, x.worth, x.expiring, x.expires_on
    FROM client c
    JOIN (
      SELECT a.client_id,
        coalesce(sum(a.balance) FILTER (WHERE l.id IS NOT NULL OR a.code LIKE '%:overdraft'), 0)::bigint AS available,
        coalesce(sum(a.balance) FILTER (WHERE a.code LIKE '%:booked'), 0)::bigint AS booked,
        coalesce(sum(round((l.price + l.moved_price)::numeric * a.balance / nullif(l.credits + l.moved_credits, 0))), 0)::bigint AS worth,
        coalesce(sum(a.balance) FILTER (WHERE l.expires_on BETWEEN ${today}::date AND ${today}::date + 30), 0)::bigint AS expiring,
        min(l.expires_on) FILTER (WHERE a.balance > 0 AND l.expires_on >= ${today}::date) AS expires_on
      FROM account a LEFT JOIN credit_lot l ON l.account_id = a.id
      WHERE a.commodity = 'CREDIT' AND a.client_id IS NOT NULL GROUP BY 1
    ) x ON x.client_id = c.id
    WHERE x.available <> 0 OR x.booked <> 0
    ORDER BY x.available, c.name, c.id`.execute(db);
  return rows;
}
