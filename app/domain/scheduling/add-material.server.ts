import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const materialSchema = z.object({
  /** Chosen by the form, so that sending it twice adds once. */
  id: z.uuid().optional(),
  sessionId: z.uuid(),
  title: z.string('Give it a name').trim().min(1, 'Give it a name').max(200, 'At most 200 characters'),
  /** To prepare for the session, or to go on after it. */
  phase: z.enum(['before', 'after']).default('before'),
  url: z.url({ protocol: /^https?$/, error: 'Enter a link that starts with https://' }).max(2000, 'At most 2,000 characters'),
});

/** Puts a link to a session for everybody in it. @throws DomainError not_found */
export async function addMaterial(db: Kysely<DB>, actor: Actor, input: z.input<typeof materialSchema>): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await trx.selectFrom('session').select('id').where('id', '=', input.sessionId).executeTakeFirst();
    if (!session) throw new DomainError('not_found', 'This session does not exist.');
    const made = await trx
      .insertInto('sessionMaterial')
      .values({ ...input, addedBy: actor.userId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made)
      await audit(trx, actor, {
        action: 'session.add_material',
        subjectType: 'session',
        subjectId: session.id,
        sessionId: session.id,
      });
  });
}

/** Takes a link away again; one that is gone is gone. */
export async function removeMaterial(
  db: Kysely<DB>,
  actor: Actor,
  input: { sessionId: string; materialId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('sessionMaterial')
      .where('id', '=', input.materialId)
      .where('sessionId', '=', input.sessionId)
      .returning('id')
      .executeTakeFirst();
    if (gone)
      await audit(trx, actor, {
        action: 'session.remove_material',
        subjectType: 'session',
        subjectId: input.sessionId,
        sessionId: input.sessionId,
      });
  });
}
