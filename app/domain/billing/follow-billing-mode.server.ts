import { sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';

/**
 * Notes from today on who is in a billing mode with a fee for a period, and who is no more, by whatever way it was
 * switched: one family's mode, or the organisation's. A fee runs from `client.periodic_from` where that is set. What was
 * charged stays.
 * @param clientId one family; left out: all of them
 */
export async function followBillingMode(trx: Transaction<DB>, ctx: DomainContext, clientId?: string): Promise<void> {
  const pluginIds = ctx.plugins.billingPluginIds('period');
  const today = localDateOf(ctx.clock(), (await getOrganisation(trx)).timezone);
  const mode = sql`
    SELECT c.id AS client_id, i.id AS install_id, c.periodic_from
    FROM client c CROSS JOIN organisation o
    JOIN plugin_install i ON i.id = coalesce(c.billing_install_id, o.billing_install_id) AND i.plugin_id = ANY(${pluginIds}::text[])
    WHERE c.archived_at IS NULL AND (${clientId ?? null}::uuid IS NULL OR c.id = ${clientId ?? null}::uuid)`;
  const ended = await sql<{ clientId: string }>`
    UPDATE periodic_span s SET ends_on = greatest(s.starts_on, ${today}::date)
    WHERE s.ends_on IS NULL AND (${clientId ?? null}::uuid IS NULL OR s.client_id = ${clientId ?? null}::uuid)
      AND NOT EXISTS (SELECT 1 FROM (${mode}) m WHERE m.client_id = s.client_id AND m.install_id = s.install_id)
    RETURNING s.client_id`.execute(trx);
  const left = ended.rows.map((row) => row.clientId);
  if (left.length > 0) await sql`UPDATE client SET periodic_from = NULL WHERE id = ANY(${left}::uuid[])`.execute(trx);
  const begun = await sql<{ clientId: string; startsOn: string }>`
    INSERT INTO periodic_span (client_id, install_id, starts_on)
    SELECT m.client_id, m.install_id, greatest(coalesce(m.periodic_from, ${today}::date),
      (SELECT max(s.ends_on) FROM periodic_span s WHERE s.client_id = m.client_id))
    FROM (${mode}) m WHERE NOT EXISTS (SELECT 1 FROM periodic_span s WHERE s.client_id = m.client_id AND s.ends_on IS NULL)
    ORDER BY m.client_id
    ON CONFLICT (client_id) WHERE ends_on IS NULL DO NOTHING
    RETURNING client_id, starts_on`.execute(trx);
  if (begun.rows.length === 0) return;
  await sql`
    UPDATE client c SET periodic_from = b.starts_on
    FROM unnest(${begun.rows.map((row) => row.clientId)}::uuid[], ${begun.rows.map((row) => row.startsOn)}::date[]) AS b (client_id, starts_on)
    WHERE c.id = b.client_id AND c.periodic_from IS DISTINCT FROM b.starts_on`.execute(trx);
}
