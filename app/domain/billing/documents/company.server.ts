import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { readMoneySettings } from '../money-settings.ts';
import { shortPercent } from '../tax.ts';
import type { Company } from './company.ts';

/** The company as it is now, to be kept with the documents that are issued now. */
export async function companySnapshot(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'config'>,
  organisation: Organisation,
): Promise<Company> {
  const { name, address, email, phone, taxNumber, locale } = organisation;
  const row = await db.selectFrom('organisation').select(['logoSha256', 'money']).executeTakeFirst();
  const settings = readMoneySettings(row?.money);
  const taxes = await listTaxRates(db);
  return {
    ...{ name, address, email, phone, taxNumber, locale },
    logo: row?.logoSha256 ?? null,
    terms: settings.terms,
    paymentInstructions: settings.payment_instructions,
    taxNames: Object.fromEntries(taxes.map((tax) => [tax.percent, tax.name]).reverse()),
    link: { origin: ctx.config.origin, key: ctx.config.keyRing[0]?.id ?? '' },
  };
}

export interface TaxRate {
  id: string;
  name: string;
  /** An exact decimal, "8.875". */
  percent: string;
  version: number;
}

/** The named taxes in use, by percentage and name. */
export async function listTaxRates(db: Kysely<DB>): Promise<TaxRate[]> {
  const rows = await db
    .selectFrom('taxRate')
    .select(['id', 'name', 'percent', 'version'])
    .where('archivedAt', 'is', null)
    .orderBy('percent')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ ...row, percent: shortPercent(row.percent) }));
}

/** The logo of documents issued now, by its content. */
export async function findLogo(db: Kysely<DB>): Promise<string | null> {
  return (await db.selectFrom('organisation').select('logoSha256').executeTakeFirst())?.logoSha256 ?? null;
}

/** A picture of documents by its content; undefined where there is none. */
export async function findPicture(
  db: Kysely<DB>,
  sha256: string | null | undefined,
): Promise<{ content: Buffer; type: string } | undefined> {
  if (!sha256) return undefined;
  return db.selectFrom('documentPicture').select(['content', 'type']).where('sha256', '=', sha256).executeTakeFirst();
}
