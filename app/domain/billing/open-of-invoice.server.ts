import { sql } from 'kysely';

/** In a query of `invoice` under this name: its total without what was credited and written off, in minor units. */
export const owedOf = (invoice: string) => sql<bigint>`(${sql.ref(`${invoice}.total`)}
  + coalesce((SELECT sum(n.total) FROM credit_note n WHERE n.invoice_id = ${sql.ref(`${invoice}.id`)}), 0)
  - coalesce((SELECT sum(w.amount) FROM invoice_write_off w WHERE w.invoice_id = ${sql.ref(`${invoice}.id`)}), 0))::bigint`;

/** What of it nobody has paid, credited or written off, in minor units. */
export const openOf = (invoice: string) => sql<bigint>`(${owedOf(invoice)}
  - coalesce((SELECT sum(a.amount) FROM payment_allocation a WHERE a.invoice_id = ${sql.ref(`${invoice}.id`)}), 0))::bigint`;
