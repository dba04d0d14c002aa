import type { AppLoadContext } from '@remix-run/node';
import { percentOf } from '#app/domain/billing/money.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { quantityWords } from '#app/domain/credits/credit-unit.ts';
import { findCreditUnit, listPackages } from '#app/domain/credits/package-queries.server.ts';

export interface OfferedPackage {
  id: string;
  /** Of the sale, so that a double click buys once. */
  saleId: string;
  name: string;
  description: string;
  quantity: string;
  /** Net, and with its tax; minor units. */
  price: bigint;
  total: bigint;
  perStudent: boolean;
  /** Whom it serves and how long. */
  terms: string;
}

/** What families see of the packages; empty where they don't buy themselves. */
export async function offeredPackages(context: Pick<AppLoadContext, 'db' | 'plugins'>): Promise<OfferedPackage[]> {
  const settings = await getMoneySettings(context.db);
  if (!settings.families_buy_packages) return [];
  const [packages, unit] = await Promise.all([listPackages(context.db, { offered: true }), findCreditUnit(context.db, context)]);
  return packages.map(({ id, name, description, credits, price, taxPercent, perStudent, programName, validDays }) => ({
    id,
    saleId: crypto.randomUUID(),
    name,
    description,
    quantity: quantityWords(credits, unit),
    price,
    total: price + percentOf(price, taxPercent),
    perStudent,
    terms: [
      perStudent ? 'For one child' : 'For the whole family',
      programName ? `${programName} only` : null,
      validDays ? `for lessons within ${validDays} days` : 'without an end',
    ]
      .filter(Boolean)
      .join(', '),
  }));
}
