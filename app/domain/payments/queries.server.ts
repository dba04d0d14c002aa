import { type Kysely, sql } from 'kysely';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';
import type { DB } from '#db/types.ts';

export interface CardView {
  id: string;
  clientId: string;
  brand: string;
  last4: string;
  expiresMonth: number | null;
  expiresYear: number | null;
  consentText: string;
  consentedAt: Date;
  isDefault: boolean;
}

/** The cards that are there, the one that is charged first. */
export async function listCards(db: Kysely<DB>, clientIds: readonly string[]): Promise<CardView[]> {
  if (clientIds.length === 0) return [];
  return db
    .selectFrom('savedCard')
    .select(['id', 'clientId', 'brand', 'last4', 'expiresMonth', 'expiresYear', 'consentText', 'consentedAt', 'isDefault'])
    .where('clientId', 'in', [...clientIds])
    .where('removedAt', 'is', null)
    .orderBy('isDefault', 'desc')
    .orderBy('consentedAt', 'desc')
    .execute();
}

export interface CollectionView {
  id: string;
  clientId: string;
  clientName: string;
  purpose: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  way: string;
  amount: bigint;
  currency: string;
  status: string;
  chargeAt: Date | null;
  attempts: number;
  error: string | null;
  createdAt: Date;
}

/** Attempts to get money, newest first: of these families, or of all. */
export async function listCollections(
  db: Kysely<DB>,
  filter: { clientIds?: readonly string[]; statuses: readonly string[]; way?: string; limit?: number },
): Promise<CollectionView[]> {
  const { clientIds = null, statuses, way = null, limit = 100 } = filter;
  const { rows } = await sql<CollectionView>`
    SELECT k.id, k.client_id, c.name AS client_name, k.purpose, k.invoice_id, i.number_text AS invoice_number, k.way, k.amount,
      k.currency, k.status, k.charge_at, k.attempts, k.error, k.created_at
    FROM collection k JOIN client c ON c.id = k.client_id LEFT JOIN invoice i ON i.id = k.invoice_id
    WHERE (${clientIds}::uuid[] IS NULL OR k.client_id = ANY(${clientIds}::uuid[]))
      AND k.status = ANY(${[...statuses]}::text[]) AND (${way}::text IS NULL OR k.way = ${way})
    ORDER BY coalesce(k.charge_at, k.created_at) DESC, k.id LIMIT ${limit}`.execute(db);
  return rows;
}

export interface PaymentDetail {
  id: string;
  clientId: string;
  clientName: string;
  amount: bigint;
  receivedOn: string;
  method: string;
  reference: string;
  createdAt: Date;
  recordedBy: string | null;
  /** Through a gateway: its name and its own id of the money. */
  gateway: string | null;
  gatewayRef: string | null;
  /** What can still be given back. */
  left: bigint;
  unapplied: bigint;
  invoices: { id: string; number: string; amount: string; meant: boolean }[];
  refunds: {
    id: string;
    kind: string;
    amount: string;
    reason: string;
    status: string;
    refundedOn: string | null;
    error: string | null;
    createdAt: string;
  }[];
}

/** A payment with its whole story. */
export async function findPayment(db: Kysely<DB>, id: string): Promise<PaymentDetail | undefined> {
  const { rows } = await sql<PaymentDetail>`
    SELECT p.id, p.client_id, c.name AS client_name, p.amount, p.received_on, p.method, p.reference, p.created_at,
      u.name AS recorded_by, g.name AS gateway, p.gateway_ref,
      (p.amount - r.asked)::bigint AS left, (p.amount - r.done - a.applied)::bigint AS unapplied, a.invoices, r.refunds
    FROM payment p
    JOIN client c ON c.id = p.client_id
    LEFT JOIN users u ON u.id = p.recorded_by
    LEFT JOIN plugin_install g ON g.id = p.install_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(l.amount), 0) AS applied, coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number_text,
        'amount', l.amount::text, 'meant', EXISTS (SELECT 1 FROM payment_purpose o WHERE o.payment_id = p.id AND o.invoice_id = i.id))
        ORDER BY i.due_on, i.number), '[]') AS invoices
      FROM payment_allocation l JOIN invoice i ON i.id = l.invoice_id WHERE l.payment_id = p.id) a
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(f.amount) FILTER (WHERE f.status <> 'failed'), 0) AS asked,
        coalesce(sum(f.amount) FILTER (WHERE f.status = 'succeeded'), 0) AS done,
        coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'amount', f.amount::text, 'reason', f.reason, 'status', f.status,
          'refundedOn', f.refunded_on, 'error', f.error, 'createdAt', f.created_at) ORDER BY f.created_at, f.id), '[]') AS refunds
      FROM payment_refund f WHERE f.payment_id = p.id) r
    WHERE p.id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** What is open of a family's invoices, the oldest first. */
export async function listOpenInvoices(
  db: Kysely<DB>,
  clientId: string,
): Promise<{ id: string; number: string; dueOn: string; open: bigint }[]> {
  const { rows } = await sql<{ id: string; number: string; dueOn: string; open: bigint }>`
    SELECT * FROM (
      SELECT i.id, i.number_text AS number, i.due_on, ${openOf('i')} AS open
      FROM invoice i WHERE i.client_id = ${clientId}::uuid) o
    WHERE open > 0 ORDER BY due_on, number LIMIT 100`.execute(db);
  return rows;
}

export interface CollectionState {
  clientId: string;
  invoiceId: string | null;
  purpose: string;
  status: string;
  error: string | null;
}

export async function findCollectionState(db: Kysely<DB>, id: string): Promise<CollectionState | undefined> {
  return db
    .selectFrom('collection')
    .select(['clientId', 'invoiceId', 'purpose', 'status', 'error'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Whether what is invoiced is taken from these families' cards. */
export async function listAutoCharge(
  db: Kysely<DB>,
  clientIds: readonly string[],
): Promise<{ id: string; name: string; autoCharge: boolean }[]> {
  if (clientIds.length === 0) return [];
  return db
    .selectFrom('client')
    .select(['id', 'name', 'autoCharge'])
    .where('id', 'in', [...clientIds])
    .orderBy('name')
    .execute();
}
