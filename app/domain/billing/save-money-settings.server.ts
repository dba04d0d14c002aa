import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { saveRules } from '#app/domain/organisation/save-rules.server.ts';
import type { DB } from '#db/types.ts';
import { type MoneySettings, readMoneySettings } from './money-settings.ts';

export async function getMoneySettings(db: Kysely<DB>): Promise<MoneySettings> {
  const row = await db.selectFrom('organisation').select('money').executeTakeFirst();
  return readMoneySettings(row?.money);
}

/** Sets some of the settings, leaving the others as they are: each page saves its own. Throws a ZodError for bad values. */
export const saveMoneySettings = (db: Kysely<DB>, actor: Actor, changes: Partial<MoneySettings>): Promise<MoneySettings> =>
  saveRules(db, actor, 'money', readMoneySettings, changes);
