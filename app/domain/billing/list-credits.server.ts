import { type Kysely, sql } from 'kysely';
import type { PluginHost } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';

/** Hundredths of a credit, over everything. */
export interface CreditsOfClient {
  clientId: string;
  clientRef: string;
  clientName: string;
  /** Pays with credits now; false: has some left, of a course or from before. */
  pays: boolean;
  /** Hundredths below which they count as low, where the family has a number of its own. */
  lowCredits: bigint | null;
  /** Bought, given and moved in, less what was taken away or moved out. */
  granted: bigint;
  used: bigint;
  booked: bigint;
  expired: bigint;
  /** granted - used - booked - expired; below zero where more was booked than bought. */
  available: bigint;
}

/**
 * A row for every client who pays with credits, by reference; with `everybody`, also for who has credits left in another mode.
 */
export async function listCredits(
  db: Kysely<DB>,
  plugins: Pick<PluginHost, 'billingPluginIds'>,
  options: { clientId?: string; everybody?: boolean } = {},
): Promise<CreditsOfClient[]> {
  const { rows } = await sql<Omit<CreditsOfClient, 'available'>>`
    SELECT c.id AS client_id, c.ref AS client_ref, c.name AS client_name, c.low_credits,
      coalesce(bool_or(p.plugin_id = ANY(${plugins.billingPluginIds('credits')}::text[])), false) AS pays,
      (coalesce((SELECT sum(l.credits) FROM credit_lot l WHERE l.client_id = c.id), 0)
        - coalesce((SELECT sum(abs(m.credits)) FROM credit_move m
            WHERE m.client_id = c.id AND (m.kind = 'transfer' OR m.credits < 0)), 0))::bigint AS granted,
      coalesce(sum(a.balance) FILTER (WHERE a.code LIKE 'credits:%:used'), 0)::bigint AS used,
      coalesce(sum(a.balance) FILTER (WHERE a.code LIKE 'credits:%:booked'), 0)::bigint AS booked,
      coalesce(sum(a.balance) FILTER (WHERE a.code LIKE 'credits:%:expired'), 0)::bigint AS expired
    FROM client c
    CROSS JOIN organisation o
    LEFT JOIN plugin_install p ON p.id = coalesce(c.billing_install_id, o.billing_install_id)
    LEFT JOIN account a ON a.client_id = c.id AND a.commodity = 'CREDIT'
    WHERE (${options.clientId ?? null}::uuid IS NULL OR c.id = ${options.clientId ?? null}::uuid)
      AND (p.plugin_id = ANY(${plugins.billingPluginIds('credits')}::text[]) OR (${options.everybody ?? false} AND a.id IS NOT NULL))
    GROUP BY c.id ORDER BY c.ref COLLATE "C"`.execute(db);
  return rows.map((row) => ({ ...row, available: row.granted - row.used - row.booked - row.expired }));
}

export interface CreditLotView {
  id: string;
  ref: string;
  kind: 'sold' | 'gift' | 'correction' | 'transfer';
  packageName: string | null;
  credits: bigint;
  left: bigint;
  price: bigint;
  purchasedOn: string;
  expiresOn: string | null;
  studentName: string | null;
  programName: string | null;
  note: string;
}

/** A client's packages, newest purchase first. */
export async function listCreditLots(db: Kysely<DB>, clientId: string): Promise<CreditLotView[]> {
  const { rows } = await sql<CreditLotView>`
    SELECT l.id, l.ref, l.kind, k.name AS package_name, l.credits, a.balance AS "left", l.price, l.purchased_on, l.expires_on, l.note, p.name AS program_name,
      trim(st.first_name || ' ' || st.last_name) AS student_name
    FROM credit_lot l
    JOIN account a ON a.id = l.account_id
    LEFT JOIN package k ON k.id = l.package_id
    LEFT JOIN student st ON st.id = l.student_id
    LEFT JOIN program p ON p.id = l.program_id
    WHERE l.client_id = ${clientId}::uuid ORDER BY l.purchased_on DESC, l.id DESC`.execute(db);
  return rows;
}
