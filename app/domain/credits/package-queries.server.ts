import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findCreditsInstall } from '#app/domain/groups/credits-install.server.ts';
import { shortestDecimal } from '#app/domain/organisation/policy.schema.ts';
import type { DB } from '#db/types.ts';
import { type CreditUnit, creditUnitOf } from './credit-unit.ts';

export interface Package {
  id: string;
  ref: string;
  name: string;
  description: string;
  /** Hundredths of a credit. */
  credits: bigint;
  /** Net, minor units. */
  price: bigint;
  taxPercent: string;
  programId: string | null;
  programName: string | null;
  perStudent: boolean;
  validDays: number | null;
  inStorefront: boolean;
  archivedAt: Date | null;
  version: number;
  /** How often it was sold. */
  sold: number;
}

const columns = (db: Kysely<DB>) =>
  db
    .selectFrom('package')
    .leftJoin('program', 'program.id', 'package.programId')
    .select([
      'package.id',
      'package.ref',
      'package.name',
      'package.description',
      'package.credits',
      'package.price',
      'package.taxPercent',
      'package.programId',
      'program.name as programName',
      'package.perStudent',
      'package.validDays',
      'package.inStorefront',
      'package.archivedAt',
      'package.version',
    ])
    .select(sql<number>`(SELECT count(*)::int FROM credit_lot l WHERE l.package_id = package.id)`.as('sold'));

const asPackage = <T extends { taxPercent: string }>(row: T) => ({ ...row, taxPercent: shortestDecimal(row.taxPercent) });

/** All packages in the order of the list, archived ones last; `offered`: only what families see. */
export async function listPackages(db: Kysely<DB>, options: { offered?: boolean; active?: boolean } = {}): Promise<Package[]> {
  let query = columns(db);
  if (options.active || options.offered) query = query.where('package.archivedAt', 'is', null);
  if (options.offered) query = query.where('package.inStorefront', '=', true);
  const rows = await query
    .orderBy(sql`package.archived_at IS NOT NULL`)
    .orderBy('package.position')
    .orderBy('package.id')
    .execute();
  return rows.map(asPackage);
}

/** @throws DomainError not_found */
export async function getPackage(db: Kysely<DB>, id: string): Promise<Package> {
  const row = await columns(db).where('package.id', '=', id).executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This package is not there.');
  return asPackage(row);
}

/** What packages are counted in; sessions where no billing by credits is switched on yet. */
export async function findCreditUnit(db: Kysely<DB>, ctx: Pick<DomainContext, 'plugins'>): Promise<CreditUnit> {
  const install = await findCreditsInstall(db, ctx);
  return install ? creditUnitOf(install.priceOf) : { per: 'session', hundredths: 100n };
}
