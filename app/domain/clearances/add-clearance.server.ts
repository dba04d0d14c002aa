import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NewClearance } from './clearance.schema.ts';
import { settleClearanceTasks } from './settle-clearance-tasks.server.ts';

export interface AddClearance extends NewClearance {
  tutorId: string;
  /** The paper; the tutor sees it too. Without one `content` is empty. */
  file: { name: string; content: Uint8Array };
  by: 'office' | 'tutor';
}

/**
 * Keeps a clearance with its paper. A tutor's waits for the office to check it, which gets a task; the office's is valid at
 * once where it says that it has checked it. The same id again is the one that is there.
 * @throws DomainError invalid_value (fields file, issuedOn, expiresOn), unknown_reference (typeId), not_found (the tutor)
 */
export async function addClearance(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: AddClearance,
): Promise<{ id: string }> {
  const { id, tutorId, by, file } = input;
  return inTransaction(db, async (trx) => {
    const tutor = await trx.selectFrom('tutor').select('id').where('id', '=', tutorId).forUpdate().executeTakeFirst();
    if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
    const same = await trx.selectFrom('clearance').select(['id', 'tutorId']).where('id', '=', id).executeTakeFirst();
    if (same && same.tutorId !== tutorId) throw new DomainError('not_found', 'This clearance is not there.');
    if (same) return { id };
    await refuseUnfit(trx, ctx, input);
    const kept =
      file.content.byteLength > 0
        ? await addFile(trx, ctx, actor, { about: { tutorId }, ...file, visibility: 'tutor' })
        : undefined;
    const valid = by === 'office' && input.checked;
    await trx
      .insertInto('clearance')
      .values({
        ...{ id, tutorId, typeId: input.typeId, number: input.number },
        ...{ issuedOn: input.issuedOn, expiresOn: input.expiresOn },
        fileId: kept?.id ?? null,
        status: valid ? 'valid' : 'to_check',
        ...(valid ? { checkedBy: actor.userId, checkedAt: ctx.clock() } : {}),
        createdBy: actor.userId,
      })
      .execute();
    await audit(trx, actor, {
      action: 'tutor.add_clearance',
      subjectType: 'tutor',
      subjectId: tutorId,
      after: { clearanceId: id, typeId: input.typeId, expiresOn: input.expiresOn, status: valid ? 'valid' : 'to_check' },
    });
    if (by === 'tutor') await raiseTask(trx, ctx, { event: 'clearance_to_check', key: id, about: { tutorId } });
    if (valid) await settleClearanceTasks(trx, ctx, actor, tutorId);
    return { id };
  });
}

async function refuseUnfit(trx: Transaction<DB>, ctx: DomainContext, input: AddClearance): Promise<void> {
  const { by, issuedOn, expiresOn } = input;
  const refuse = (field: string, message: string) => new DomainError('invalid_value', message, { field });
  const type = await trx
    .selectFrom('clearanceType')
    .select(['archivedAt', 'validMonths'])
    .where('id', '=', input.typeId)
    .executeTakeFirst();
  if (!type || type.archivedAt)
    throw new DomainError('unknown_reference', 'This kind is not asked for any more. Choose another.', { field: 'typeId' });
  const { timezone } = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const today = localDateOf(ctx.clock(), timezone);
  if (issuedOn !== null && issuedOn > today) throw refuse('issuedOn', 'It can’t be issued later than today.');
  if (type.validMonths !== null && issuedOn === null && expiresOn === null)
    throw refuse('issuedOn', 'Say when it was issued, or until when it is good: it is no good for ever.');
  if (by === 'office') return;
  if (input.file.content.byteLength === 0) throw refuse('file', 'Choose the file: a photo or a scan of the paper.');
  if (expiresOn !== null && expiresOn < today) throw refuse('expiresOn', 'This one has run out already. Send a newer one.');
}
