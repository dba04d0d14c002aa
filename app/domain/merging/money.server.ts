import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { MergeKind } from './references.server.ts';

/** What is fixed for good once it is there: documents, payments, credits, entries of the ledger, pay that was approved. */
const books: Record<MergeKind, (id: string) => RawBuilder<unknown>> = {
  client: (id) => sql`
    EXISTS (SELECT 1 FROM invoice WHERE client_id = ${id}) OR EXISTS (SELECT 1 FROM payment WHERE client_id = ${id})
    OR EXISTS (SELECT 1 FROM credit_lot WHERE client_id = ${id})
    OR EXISTS (SELECT 1 FROM charge WHERE client_id = ${id} AND run_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM account a JOIN ledger_entry e ON e.account_id = a.id WHERE a.client_id = ${id})`,
  tutor: (id) => sql`
    EXISTS (SELECT 1 FROM pay_item WHERE tutor_id = ${id} AND run_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM account a JOIN ledger_entry e ON e.account_id = a.id WHERE a.tutor_id = ${id})`,
  // The payer's, not the child's.
  student: () => sql`false`,
};

/** Whether a record can only be the one that is kept. */
export async function hasMoney(db: Kysely<DB>, kind: MergeKind, id: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`SELECT ${books[kind](id)} AS has`.execute(db);
  return rows[0]?.has ?? false;
}
