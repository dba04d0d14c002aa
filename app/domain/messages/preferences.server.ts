import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { MailKind } from './mail-kinds.ts';
import { type Preference, type Preferences, preferenceKey } from './preferences.ts';

/** What these addresses have said, whatever their number in one statement. */
export async function readPreferences(db: Kysely<DB>, addresses: readonly string[]): Promise<Preferences> {
  const said = new Map<string, Preference>();
  if (addresses.length === 0) return said;
  const { rows } = await sql<{ address: string; kind: MailKind } & Preference>`
    SELECT p.address::text AS address, p.kind, p.wanted, p.minutes_before
    FROM mail_preference p WHERE p.address = ANY (${[...new Set(addresses)]}::citext[])`.execute(db);
  for (const { address, kind, wanted, minutesBefore } of rows) {
    said.set(preferenceKey(address, kind), { wanted, minutesBefore });
  }
  return said;
}
