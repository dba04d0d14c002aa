import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { saveRules } from '#app/domain/organisation/save-rules.server.ts';
import type { DB } from '#db/types.ts';
import { type CloseOutRules, readCloseOutRules } from './close-out-rules.ts';

/** What an administrator has set about close-outs, the defaults filled in. */
export async function getCloseOutRules(db: Kysely<DB>): Promise<CloseOutRules> {
  const row = await db.selectFrom('organisation').select('closeouts').executeTakeFirst();
  return readCloseOutRules(row?.closeouts);
}

/** Sets some of the rules, leaving the others as they are. Throws a ZodError for bad values. */
export const saveCloseOutRules = (db: Kysely<DB>, actor: Actor, changes: Partial<CloseOutRules>): Promise<CloseOutRules> =>
  saveRules(db, actor, 'closeouts', readCloseOutRules, changes);
