import type { Kysely } from 'kysely';
import { formatDecimal } from '#app/domain/billing/money.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import type { DB } from '#db/types.ts';

export interface CreditWatch {
  /** As a form shows it; empty: as the company says. */
  lowCredits: string;
  /** What the company says. */
  usual: string;
  topUpPackageId: string | null;
}

/** When a family's credits count as low, and what it is topped up with then. */
export async function findCreditWatch(db: Kysely<DB>, clientId: string): Promise<CreditWatch> {
  const [client, settings] = await Promise.all([
    db.selectFrom('client').select(['lowCredits', 'topUpPackageId']).where('id', '=', clientId).executeTakeFirst(),
    getMoneySettings(db),
  ]);
  return {
    lowCredits: client?.lowCredits == null ? '' : formatDecimal(client.lowCredits, 2),
    usual: formatDecimal(BigInt(settings.low_credits), 2),
    topUpPackageId: client?.topUpPackageId ?? null,
  };
}
