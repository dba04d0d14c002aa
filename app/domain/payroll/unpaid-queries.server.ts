import { type Kysely, sql } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import type { DB } from '#db/types.ts';
import type { UnpaidSession } from './pay-run.ts';
import { inScope, type PayScope } from './pay-run-scope.server.ts';
import { waitsForPayment } from './waits-for-payment.server.ts';

interface UnpaidFilter extends Period {
  scope: Pick<PayScope, 'tutorIds'>;
  payWhenPaid: boolean;
}

/** Sessions of the period that have no pay line, or one that waits for the families' money, and why. */
export async function listUnpaid(db: Kysely<DB>, { from, to, scope, payWhenPaid }: UnpaidFilter): Promise<UnpaidSession[]> {
  const { rows } = await sql<UnpaidSession>`
    SELECT * FROM (
      SELECT s.id AS session_id, s.ref AS session_ref, s.starts_at, s.local_date, t.id AS tutor_id,
        trim(t.first_name || ' ' || t.last_name) AS tutor_name,
        CASE
          WHEN NOT EXISTS (SELECT 1 FROM pay_item i WHERE i.session_id = s.id AND i.kind = 'session') THEN coalesce(s.pay_left_out, 'unclosed')
          WHEN ${payWhenPaid} AND EXISTS (SELECT 1 FROM pay_item i WHERE i.session_id = s.id AND i.run_id IS NULL AND i.kind = 'session')
            AND ${waitsForPayment(sql`s.id`)} THEN 'unpaid_invoice'
        END AS reason
      FROM session s JOIN tutor t ON t.id = s.tutor_id
      WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date AND ${inScope(scope, sql`s.tutor_id`)}
        AND s.status NOT IN ('requested', 'declined', 'rescheduled')
    ) session
    WHERE reason IS NOT NULL
    ORDER BY starts_at, session_ref COLLATE "C"`.execute(db);
  return rows;
}
