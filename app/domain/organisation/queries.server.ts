import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { readPolicies } from './policies.ts';
import type { StoredPolicies } from './policy.schema.ts';

export interface Organisation {
  name: string;
  /** IANA name; the zone that decides which day and which period a session belongs to. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  locale: string;
  address: string;
  email: string | null;
  phone: string | null;
  supportContact: string | null;
  taxNumber: string | null;
  /** The default billing mode and the default meeting provider. */
  billingInstallId: string | null;
  meetingInstallId: string | null;
  durations: number[];
  gridMinutes: number;
  joinWindowMinutes: number;
  policies: StoredPolicies;
  /** The rules of planning as stored; readSchedulingRules fills in what is missing. */
  scheduling: unknown;
  version: number;
}

/** The one company of this installation, or undefined before the first set-up. */
export async function findOrganisation(db: Kysely<DB>): Promise<Organisation | undefined> {
  const row = await db
    .selectFrom('organisation')
    .select([
      'name',
      'timezone',
      'currency',
      'locale',
      'address',
      'email',
      'phone',
      'supportContact',
      'taxNumber',
      'billingInstallId',
      'meetingInstallId',
      'durations',
      'gridMinutes',
      'joinWindowMinutes',
      'policies',
      'scheduling',
      'version',
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...row, durations: [...row.durations].sort((a, b) => a - b), policies: readPolicies(row.policies) };
}

export async function getOrganisation(db: Kysely<DB>): Promise<Organisation> {
  const organisation = await findOrganisation(db);
  if (!organisation) throw new DomainError('not_found', 'Lectern has no organisation yet: finish the set-up first.');
  return organisation;
}

/** Whether an amount of the organisation's currency was ever posted, charged or earned. */
export async function hasMoney(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select
    exists(select 1 from ledger_entry) or exists(select 1 from charge) or exists(select 1 from pay_item) as found`.execute(db);
  return rows[0]?.found ?? false;
}

export interface InstallChoice {
  id: string;
  pluginId: string;
  name: string;
}

/** The installs of a kind that can be chosen, and the one already chosen. */
export async function listInstallChoices(
  db: Kysely<DB>,
  kind: 'billing' | 'meeting',
  chosen?: string | null,
): Promise<InstallChoice[]> {
  return db
    .selectFrom('pluginInstall')
    .select(['id', 'pluginId', 'name'])
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('state', '<>', 'disabled'), ...(chosen ? [eb('id', '=', chosen)] : [])]))
    .orderBy('name')
    .execute();
}
