import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { type PeopleRules, readPeopleRules } from './people-rules.ts';

export async function getPeopleRules(db: Kysely<DB>): Promise<PeopleRules> {
  const row = await db.selectFrom('organisation').select('people').executeTakeFirst();
  return readPeopleRules(row?.people);
}
