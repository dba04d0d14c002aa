import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const questionSchema = z.object({
  /** Chosen by the form, so that sending it twice asks once. */
  id: z.uuid().optional(),
  sessionId: z.uuid(),
  body: z.string('Write your question').trim().min(1, 'Write your question').max(5000, 'At most 5,000 characters'),
});

/** What a student or their family wants to go through; the tutor reads it before the session. @throws DomainError not_found */
export async function askQuestion(db: Kysely<DB>, actor: Actor, input: z.infer<typeof questionSchema>): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await trx.selectFrom('session').select('id').where('id', '=', input.sessionId).executeTakeFirst();
    if (!session) throw new DomainError('not_found', 'This session does not exist.');
    const made = await trx
      .insertInto('sessionQuestion')
      .values({ ...input, askedBy: actor.userId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made)
      await audit(trx, actor, { action: 'session.ask', subjectType: 'session', subjectId: session.id, sessionId: session.id });
  });
}
