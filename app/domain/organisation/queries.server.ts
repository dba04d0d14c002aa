import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { readPolicies, type StoredPolicies } from './policies.ts';

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
