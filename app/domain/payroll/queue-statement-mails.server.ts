import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';

/**
 * A mail to each tutor of the run who has an address and got none of it yet, in the caller's transaction.
 * @returns how many were queued
 */
export async function queueStatementMails(trx: Kysely<DB>, ctx: DomainContext, runId: string): Promise<number> {
  const { currency } = await getOrganisation(trx);
  const { rows } = await sql<{
    tutorId: string;
    name: string;
    address: string;
    userId: string | null;
    total: bigint;
    from: string;
    to: string;
    paidOn: string | null;
  }>`
    SELECT t.id AS tutor_id, trim(t.first_name || ' ' || t.last_name) AS name, coalesce(t.email, u.email) AS address, t.user_id,
      sum(i.amount)::bigint AS total, r.period_from AS "from", r.period_to AS "to", r.paid_on
    FROM pay_run r JOIN pay_item i ON i.run_id = r.id JOIN tutor t ON t.id = i.tutor_id LEFT JOIN users u ON u.id = t.user_id
    WHERE r.id = ${runId}::uuid AND r.status <> 'void' AND coalesce(t.email, u.email) IS NOT NULL
    GROUP BY t.id, u.id, r.id ORDER BY t.id`.execute(trx);
  const queued = await queueMails(
    trx,
    ctx,
    rows.map(({ tutorId, name, address, userId, total, ...run }) => ({
      template: 'pay-statement' as const,
      to: { name, address },
      userId,
      dedupeKey: `pay-statement:${runId}:${tutorId}`,
      data: { ...run, link: `${ctx.config.origin}/tutor/pay/${runId}`, total: total.toString(), currency },
    })),
  );
  if (rows.length > 0)
    await trx.updateTable('payRun').set({ sentAt: ctx.clock() }).where('id', '=', runId).where('sentAt', 'is', null).execute();
  return queued;
}
