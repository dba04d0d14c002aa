import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { MoneySettings } from '#app/domain/billing/money-settings.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { findOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPackage } from './package-queries.server.ts';
import { sellFromPackage } from './sell-from-package.server.ts';

const system: Actor = { userId: null, kind: 'system' };

interface Watched {
  id: string;
  /** Hundredths of a credit below which the family is told. */
  below: bigint;
  available: bigint;
  toldAt: Date | null;
  topUpPackageId: string | null;
}

/**
 * Looks after the families that book with credits: whose run low is topped up with the package that was agreed, once a
 * day at most, and told, once until there are enough again. One family's trouble stops no other.
 * @returns how many families were told or topped up
 */
export async function watchCredits(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  const organisation = await findOrganisation(db);
  if (!organisation) return 0;
  const settings = await getMoneySettings(db);
  const look = (id: string) =>
    inTransaction(db, async (trx) => {
      await sql`SELECT 1 FROM client WHERE id = ${id} FOR NO KEY UPDATE`.execute(trx);
      // Read again under the lock: what was low may have been bought for since.
      const [family] = await listToWatch(trx, ctx, settings, id);
      return family ? actOn(trx, ctx, family, { organisation, settings }) : false;
    });
  let acted = 0;
  const errors: unknown[] = [];
  for (const { id } of await listToWatch(db, ctx, settings)) {
    try {
      if (await look(id)) acted++;
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `the credits of ${errors.length} families could not be looked after`);
  return acted;
}

async function actOn(
  trx: Transaction<DB>,
  ctx: DomainContext,
  family: Watched,
  { organisation, settings }: { organisation: Organisation; settings: MoneySettings },
): Promise<boolean> {
  if (family.available >= family.below) {
    await trx.updateTable('client').set({ lowCreditsToldAt: null }).where('id', '=', family.id).execute();
    return false;
  }
  const now = ctx.clock();
  const topped = await topUp(trx, ctx, family, localDateOf(now, organisation.timezone));
  if (!topped && family.toldAt) return false;
  if (settings.low_credit_mails || topped) await tell(trx, ctx, family, { organisation, settings, topped });
  await trx.updateTable('client').set({ lowCreditsToldAt: now }).where('id', '=', family.id).execute();
  return true;
}

interface ToppedUp {
  name: string;
  price: bigint;
  credits: bigint;
}

/** One sale a day at most: its id is made of the family and the day. */
async function topUp(trx: Transaction<DB>, ctx: DomainContext, family: Watched, today: string): Promise<ToppedUp | null> {
  if (!family.topUpPackageId) return null;
  const id = saleId(family.id, today);
  const sold = await trx.selectFrom('creditLot').select('id').where('id', '=', id).executeTakeFirst();
  if (sold) return null;
  const one = await getPackage(trx, family.topUpPackageId);
  if (one.archivedAt || one.perStudent) return null;
  await sellFromPackage(trx, ctx, system, { id, packageId: one.id, clientId: family.id, purchasedOn: today });
  await audit(trx, system, {
    action: 'credits.top_up',
    subjectType: 'client',
    subjectId: family.id,
    after: { lotId: id, packageId: one.id, available: family.available },
  });
  return one;
}

/** A UUID of the family and the day: the same every time. */
function saleId(clientId: string, day: string): string {
  const hex = createHash('sha256').update(`top-up:${clientId}:${day}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

async function tell(
  trx: Transaction<DB>,
  ctx: DomainContext,
  family: Watched,
  { organisation, settings, topped }: { organisation: Organisation; settings: MoneySettings; topped: ToppedUp | null },
): Promise<void> {
  const client = await trx
    .selectFrom('client')
    .leftJoin('users', 'users.id', 'client.userId')
    .select(['client.name', 'client.email', 'client.timezone', 'client.userId', 'users.email as userEmail', 'users.locale'])
    .where('client.id', '=', family.id)
    .executeTakeFirstOrThrow();
  const address = client.email ?? client.userEmail;
  if (!address) return;
  await queueMail(trx, ctx, {
    template: 'credits-low',
    to: { name: oneLine(client.name), address },
    userId: client.userId,
    dedupeKey: `credits-low:${family.id}:${ctx.clock().toISOString()}`,
    data: {
      link: `${ctx.config.origin}/family/credits`,
      ...(client.locale ? { locale: client.locale } : {}),
      ...(client.timezone ? { zone: client.timezone } : {}),
      available: (family.available + (topped?.credits ?? 0n)).toString(),
      toppedUp: topped ? { name: oneLine(topped.name), price: topped.price.toString(), currency: organisation.currency } : null,
      canBuy: settings.families_buy_packages,
    },
  });
}

/** Families of a mode that pays with credits whose state of being told or topped up may be due for a change. */
async function listToWatch(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  settings: MoneySettings,
  clientId: string | null = null,
): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    SELECT * FROM (
      SELECT c.id, coalesce(c.low_credits, ${settings.low_credits})::bigint AS below, c.low_credits_told_at AS told_at, c.top_up_package_id,
        sum(a.balance)::bigint AS available
      FROM client c CROSS JOIN organisation o
      JOIN plugin_install p ON p.id = coalesce(c.billing_install_id, o.billing_install_id)
      JOIN account a ON a.client_id = c.id AND a.commodity = 'CREDIT' AND a.code ~ ':lot:|:overdraft$'
      WHERE c.archived_at IS NULL AND p.plugin_id = ANY(${ctx.plugins.billingPluginIds('credits')}::text[])
        AND (${clientId}::uuid IS NULL OR c.id = ${clientId}::uuid)
      GROUP BY c.id
    ) w
    WHERE CASE WHEN available < below THEN told_at IS NULL OR top_up_package_id IS NOT NULL ELSE told_at IS NOT NULL END
    ORDER BY id`.execute(db);
  return rows;
}
