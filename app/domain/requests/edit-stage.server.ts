import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockStages, refuseNameTwice } from './add-stage.server.ts';
import { refuseLastOfKind } from './arrange-stage.server.ts';
import type { StageEdit } from './stage.schema.ts';

/**
 * Saves a stage's name, what happens in it, and when a request waits too long there.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), duplicate_reference (field `name`), invalid_value
 *   (field `kind`: requests stand in it, or it is the last of its kind)
 */
export async function editStage(db: Kysely<DB>, actor: Actor, input: StageEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    await lockStages(trx);
    const before = await trx.selectFrom('requestStage').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This stage is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'request_stage', id, word: 'stage', version: before.version });
    const changes = changedFields(before, columns);
    if (!changes) return;
    if (before.archivedAt === null) await refuseNameTwice(trx, columns.name, id);
    if (columns.kind !== before.kind) {
      const { rows } = await sql`SELECT 1 FROM request WHERE stage_id = ${id} LIMIT 1`.execute(trx);
      if (rows.length > 0)
        throw new DomainError('invalid_value', 'Requests stand in it. Move them first, or add another stage.', { field: 'kind' });
      if (before.archivedAt === null) await refuseLastOfKind(trx, before, 'kind');
    }
    await trx
      .updateTable('requestStage')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'request_stage.edit', subjectType: 'request_stage', subjectId: id, ...changes });
  });
}
