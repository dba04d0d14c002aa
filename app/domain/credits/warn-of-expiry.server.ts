import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

interface Expiring {
  lotId: string;
  clientId: string;
  clientName: string;
  address: string | null;
  userId: string | null;
  locale: string | null;
  timezone: string | null;
  name: string;
  left: bigint;
  lastDay: string;
}

const MOST_IN_A_MAIL = 50;

/**
 * Tells families of credits that are about to expire, so many days before as the organisation says, each package once.
 * @returns how many packages were told of
 */
export async function warnOfExpiry(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  return inTransaction(db, async (trx) => {
    // Two workers at once: the second finds nothing left to tell.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('credits.warn', 0))`.execute(trx);
    const organisation = await findOrganisation(trx);
    const { expiry_warning_days: days } = await getMoneySettings(trx);
    if (!organisation || days === 0) return 0;
    const now = ctx.clock();
    const today = localDateOf(now, organisation.timezone);
    const { rows } = await sql<Expiring>`
      SELECT l.id AS lot_id, c.id AS client_id, c.name AS client_name, coalesce(c.email, u.email) AS address, u.id AS user_id, u.locale,
        c.timezone, coalesce(k.name, 'Credits ' || l.ref) AS name, a.balance AS "left", l.expires_on AS last_day
      FROM credit_lot l
      JOIN account a ON a.id = l.account_id AND a.balance > 0
      JOIN client c ON c.id = l.client_id
      LEFT JOIN package k ON k.id = l.package_id
      LEFT JOIN users u ON u.id = c.user_id
      WHERE l.expires_on BETWEEN ${today} AND ${addDays(today, days)} AND l.expiry_told_at IS NULL
      ORDER BY c.id, l.expires_on, l.id`.execute(trx);
    if (rows.length === 0) return 0;
    await queueMails(trx, ctx, mailsOf(rows, `${ctx.config.origin}/family/credits`, today));
    await trx
      .updateTable('creditLot')
      .set({ expiryToldAt: now })
      .where(
        'id',
        'in',
        rows.map((row) => row.lotId),
      )
      .execute();
    return rows.length;
  });
}

function mailsOf(rows: readonly Expiring[], link: string, today: string): QueuedMail[] {
  const families = Map.groupBy(rows, (row) => row.clientId);
  return [...families].flatMap(([clientId, lots]): QueuedMail[] => {
    const [first] = lots;
    if (!first?.address) return [];
    return [
      {
        template: 'credits-expiring',
        to: { name: oneLine(first.clientName), address: first.address },
        userId: first.userId,
        dedupeKey: `credits-expiring:${clientId}:${today}:${first.lotId}`,
        data: {
          link,
          ...(first.locale ? { locale: first.locale } : {}),
          ...(first.timezone ? { zone: first.timezone } : {}),
          packages: lots
            .slice(0, MOST_IN_A_MAIL)
            .map((lot) => ({ name: oneLine(lot.name), left: lot.left.toString(), lastDay: lot.lastDay })),
        },
      },
    ];
  });
}
