import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockStages, refuseNameTwice } from './add-stage.server.ts';

/**
 * Moves a stage one place on the board, takes it out of use, or brings it back. Requests that stand in an archived one
 * stay there, and the board shows it, until they are moved. Doing again what is done changes nothing.
 * @throws DomainError not_found; invalid_value for the last stage of its kind; duplicate_reference when its name is taken
 */
export async function arrangeStage(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockStages(trx);
    const stage = await trx.selectFrom('requestStage').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!stage) throw new DomainError('not_found', 'This stage is not there.');
    const archived = stage.archivedAt !== null;
    if (to === 'restore' ? !archived : archived) return;
    if (to === 'up' || to === 'down') {
      if (!(await swap(trx, id, to))) return;
    } else {
      if (to === 'archive') await refuseLastOfKind(trx, stage);
      else await refuseNameTwice(trx, stage.name, id);
      await trx
        .updateTable('requestStage')
        .set({ archivedAt: to === 'archive' ? ctx.clock() : null, version: stage.version + 1 })
        .where('id', '=', id)
        .execute();
    }
    await audit(trx, actor, { action: `request_stage.${to}`, subjectType: 'request_stage', subjectId: id });
  });
}

/** The product itself puts requests into a stage of each kind: one must be in use. */
export async function refuseLastOfKind(trx: Transaction<DB>, stage: { id: string; kind: string }, field?: string): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM request_stage WHERE kind = ${stage.kind} AND archived_at IS NULL AND id <> ${stage.id}`.execute(trx);
  if (rows.length > 0) return;
  const message = 'It is the last stage of its kind, and requests come to one of each kind by themselves. Add another one first.';
  throw new DomainError('invalid_value', message, field ? { field } : {});
}

/** False: it is at the end it was to move beyond. */
async function swap(trx: Transaction<DB>, id: string, to: 'up' | 'down'): Promise<boolean> {
  const stages = await trx
    .selectFrom('requestStage')
    .select('id')
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const order = movedOne(
    stages.map((one) => one.id),
    id,
    to,
  );
  if (!order) return false;
  await sql`UPDATE request_stage s SET position = o.position
    FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = s.id`.execute(trx);
  return true;
}
