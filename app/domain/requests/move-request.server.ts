import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { settleTasks } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isClosedKind, type StageKind } from './request-kinds.ts';
import { getStageOfKind } from './stages.server.ts';

export interface MoveRequest {
  id: string;
  /** A stage, or the first in use of a kind: what the product does by itself. */
  to: { stageId: string } | { kind: StageKind };
  /** Where whoever moves it saw it: moved meanwhile by somebody else, it stays and they are told. */
  fromStageId?: string | null | undefined;
  /** Why it was lost; kept while it is closed. */
  reason?: string | undefined;
}

/**
 * Moves a request to another stage, in the caller's transaction if there is one. The row is locked before its offers. To
 * where it is already is no move. Settles the tasks that waited for it.
 * @throws DomainError not_found; conflict (moved meanwhile, or closed while an offer is out: accept or withdraw that
 *   first); invalid_value (field `stageId`: no stage in use; field `reason`: lost without one)
 */
export async function moveRequest(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to, fromStageId, reason = '' }: MoveRequest,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const request = await trx
      .selectFrom('request')
      .select(['id', 'stageId', 'closedAt'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!request) throw new DomainError('not_found', 'This request is not there.');
    const stage = await stageFor(trx, to);
    if (stage.id === request.stageId) return;
    // The product moves it to a kind: where it is in one of that kind, it stays where a person put it.
    if ('kind' in to && (await kindOf(trx, request.stageId)) === to.kind) return;
    if (fromStageId && fromStageId !== request.stageId) throw await movedMeanwhile(trx, id, request.stageId);
    const closes = isClosedKind(stage.kind);
    if (closes) await refuseWhileOffered(trx, id);
    if (stage.kind === 'lost' && reason.trim() === '')
      throw new DomainError('invalid_value', 'Say why it was lost: the reports count the reasons.', { field: 'reason' });
    const now = ctx.clock();
    await trx
      .updateTable('request')
      .set({
        stageId: stage.id,
        stageSince: now,
        closedAt: closes ? now : null,
        closedReason: closes ? reason.trim() : '',
      })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: closes ? `request.${stage.kind}` : request.closedAt ? 'request.reopen' : 'request.move',
      subjectType: 'request',
      subjectId: id,
      before: { stageId: request.stageId },
      after: { stageId: stage.id },
      reason: closes ? reason.trim() : '',
    });
    await settleTasks(trx, ctx, actor, {
      events: stage.kind === 'new' ? ['request_ageing'] : ['request_ageing', 'enquiry_received'],
      about: { requestId: id },
    });
  });
}

async function stageFor(trx: Transaction<DB>, to: MoveRequest['to']) {
  if ('kind' in to) return getStageOfKind(trx, to.kind);
  // Nobody archives it meanwhile.
  const stage = await trx.selectFrom('requestStage').selectAll().where('id', '=', to.stageId).forShare().executeTakeFirst();
  if (!stage || stage.archivedAt)
    throw new DomainError('invalid_value', 'This stage is not in use any more. Choose another.', { field: 'stageId' });
  return stage;
}

async function kindOf(trx: Transaction<DB>, stageId: string): Promise<string | undefined> {
  return (await trx.selectFrom('requestStage').select('kind').where('id', '=', stageId).executeTakeFirst())?.kind;
}

async function refuseWhileOffered(trx: Transaction<DB>, requestId: string): Promise<void> {
  const { rows } = await sql<{ ref: string }>`
    SELECT ref FROM offer WHERE request_id = ${requestId} AND status = 'open'`.execute(trx);
  if (rows[0]) throw new DomainError('conflict', `An offer of it is out (${rows[0].ref}). Withdraw the offer first.`);
}

async function movedMeanwhile(trx: Transaction<DB>, id: string, stageId: string): Promise<DomainError> {
  const stage = await trx.selectFrom('requestStage').select('name').where('id', '=', stageId).executeTakeFirstOrThrow();
  const last = await trx
    .selectFrom('auditLog')
    .leftJoin('users', 'users.id', 'auditLog.actorUserId')
    .select(['users.name', 'users.email'])
    .where('subjectType', '=', 'request')
    .where('subjectId', '=', id)
    .where('action', 'in', ['request.move', 'request.won', 'request.lost', 'request.reopen'])
    .orderBy('auditLog.id', 'desc')
    .executeTakeFirst();
  const by = last?.name || last?.email || 'Somebody else';
  return new DomainError('conflict', `${by} moved it to ${stage.name} meanwhile. It stays there.`, { details: { stageId } });
}
