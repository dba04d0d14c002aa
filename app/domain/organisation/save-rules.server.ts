import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** The columns of the organisation that hold rules as JSON, each written here alone, under the audit's action of its name. */
type RulesColumn = 'money' | 'meetings' | 'closeouts' | 'messages';

/**
 * Sets some of the rules in a column, leaving the others as they are: each page saves its own. Nothing is written where nothing
 * changed. `parse` fills in the defaults, and throws a ZodError for bad values.
 */
export async function saveRules<Rules extends object>(
  db: Kysely<DB>,
  actor: Actor,
  column: RulesColumn,
  parse: (rules: unknown) => Rules,
  changes: Partial<Rules>,
): Promise<Rules> {
  return inTransaction(db, async (trx) => {
    const row = await trx.selectFrom('organisation').select(column).forUpdate().executeTakeFirstOrThrow();
    const before = parse(row[column]);
    const after = parse({ ...before, ...changes });
    const keys = (Object.keys(after) as (keyof Rules)[]).filter((key) => !isDeepStrictEqual(after[key], before[key]));
    if (keys.length === 0) return after;
    await trx
      .updateTable('organisation')
      .set({ [column]: JSON.stringify(after) })
      .execute();
    const pick = (from: Rules) => Object.fromEntries(keys.map((key) => [key, from[key]]));
    await audit(trx, actor, {
      action: `organisation.${column}`,
      subjectType: 'organisation',
      subjectId: null,
      before: pick(before),
      after: pick(after),
    });
    return after;
  });
}
