import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { refuseSameName } from '#app/domain/named-lists/add-named.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ClearanceTypeValues } from './clearance.schema.ts';

/** Adds a kind of clearance at the end of the list. @throws DomainError invalid_value (field name) where it is there */
export async function addClearanceType(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: ClearanceTypeValues,
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await refuseSameName(trx, 'clearanceType', input.name);
    const type = await trx
      .insertInto('clearanceType')
      .values({ ...input, position: sql`(SELECT coalesce(max(position), 0) + 1 FROM clearance_type)` })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, { action: 'clearance_type.create', subjectType: 'clearance_type', subjectId: type.id, after: input });
    return type;
  });
}
