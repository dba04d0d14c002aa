import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isClosedKind } from './request-kinds.ts';
import type { StageValues } from './stage.schema.ts';

/** Adds a stage behind the last open one, a closed one at the end. @throws DomainError duplicate_reference (field `name`) */
export async function addStage(db: Kysely<DB>, actor: Actor, input: StageValues): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await lockStages(trx);
    await refuseNameTwice(trx, input.name);
    const { rows } = await sql<{ position: number }>`
      SELECT coalesce(max(position), 0)::int AS position FROM request_stage
      WHERE archived_at IS NULL AND (${isClosedKind(input.kind)} OR kind NOT IN ('won', 'lost'))`.execute(trx);
    const position = (rows[0]?.position ?? 0) + 1;
    await sql`UPDATE request_stage SET position = position + 1 WHERE position >= ${position}`.execute(trx);
    const stage = await trx
      .insertInto('requestStage')
      .values({ ...input, position })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, { action: 'request_stage.create', subjectType: 'request_stage', subjectId: stage.id, after: input });
    return stage;
  });
}

/** One who arranges the stages at a time; requests are moved meanwhile. */
export async function lockStages(trx: Transaction<DB>): Promise<void> {
  await sql`LOCK TABLE request_stage IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
}

export async function refuseNameTwice(trx: Transaction<DB>, name: string, exceptId?: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM request_stage WHERE archived_at IS NULL AND lower(name) = lower(${name})
    AND id IS DISTINCT FROM ${exceptId ?? null}::uuid`.execute(trx);
  if (rows.length > 0) throw new DomainError('duplicate_reference', 'There is a stage of this name already.', { field: 'name' });
}
