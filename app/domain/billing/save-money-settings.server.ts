import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type MoneySettings, moneySettingsSchema, readMoneySettings } from './money-settings.ts';

export async function getMoneySettings(db: Kysely<DB>): Promise<MoneySettings> {
  const row = await db.selectFrom('organisation').select('money').executeTakeFirst();
  return readMoneySettings(row?.money);
}

/** Sets some of the settings, leaving the others as they are: each page saves its own. Throws a ZodError for bad values. */
export async function saveMoneySettings(db: Kysely<DB>, actor: Actor, changes: Partial<MoneySettings>): Promise<MoneySettings> {
  return inTransaction(db, async (trx) => {
    const row = await trx.selectFrom('organisation').select('money').forUpdate().executeTakeFirstOrThrow();
    const before = readMoneySettings(row.money);
    const after = moneySettingsSchema.parse({ ...before, ...changes });
    const keys = (Object.keys(after) as (keyof MoneySettings)[]).filter((key) => after[key] !== before[key]);
    if (keys.length === 0) return after;
    await trx
      .updateTable('organisation')
      .set({ money: JSON.stringify(after) })
      .execute();
    const pick = (from: MoneySettings) => Object.fromEntries(keys.map((key) => [key, from[key]]));
    await audit(trx, actor, {
      action: 'organisation.money',
      subjectType: 'organisation',
      subjectId: null,
      before: pick(before),
      after: pick(after),
    });
    return after;
  });
}
