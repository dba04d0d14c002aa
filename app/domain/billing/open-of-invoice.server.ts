import { sql } from 'kysely';

/** In a query of `invoice i`: what of it nobody has paid, credited or written off, in minor units. */
export const openOfInvoice = sql<bigint>`(i.total
  + coalesce((SELECT sum(n.total) FROM credit_note n WHERE n.invoice_id = i.id), 0)
  - coalesce((SELECT sum(w.amount) FROM invoice_write_off w WHERE w.invoice_id = i.id), 0)
  - coalesce((SELECT sum(l.amount) FROM payment_allocation l WHERE l.invoice_id = i.id), 0))::bigint`;
