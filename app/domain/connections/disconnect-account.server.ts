import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

type Context = Pick<DomainContext, 'plugins' | 'enqueue'>;

/**
 * Gives a tutor's account up: no token of it is kept, and the provider is told by a job. Rooms that were made stay where they are;
 * they can't be moved or cancelled at the provider any more. Giving it up twice is once.
 *
 * @throws DomainError not_found, also where it is not the given tutor's
 */
export async function disconnectAccount(
  db: Kysely<DB>,
  ctx: Context,
  actor: Actor,
  input: { connectionId: string; tutorId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const gone = await giveUp(trx, ctx, actor, { tutorId: input.tutorId, connectionId: input.connectionId });
    if (gone === undefined) throw new DomainError('not_found', 'This account is not connected here.');
  });
}

/** Gives all accounts of tutors who leave up. */
export async function disconnectTutors(
  trx: Transaction<DB>,
  ctx: Context,
  actor: Actor,
  tutorIds: readonly string[],
): Promise<void> {
  for (const tutorId of tutorIds) await giveUp(trx, ctx, actor, { tutorId });
}

async function giveUp(
  trx: Transaction<DB>,
  ctx: Context,
  actor: Actor,
  of: { tutorId: string; connectionId?: string },
): Promise<number | undefined> {
  const rows = await trx
    .selectFrom('providerConnection')
    .select(['id', 'installId', 'state', 'tokens'])
    .where('tutorId', '=', of.tutorId)
    .$if(of.connectionId !== undefined, (query) => query.where('id', '=', of.connectionId ?? ''))
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length === 0) return undefined;
  for (const { id, installId, tokens } of rows.filter((row) => row.state !== 'disconnected')) {
    await trx
      .updateTable('providerConnection')
      .set({
        state: 'disconnected',
        tokens: null,
        scopes: [],
        expiresAt: null,
        refreshExpiresAt: null,
        problem: null,
        toldAt: null,
      })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: 'provider.disconnect',
      subjectType: 'tutor',
      subjectId: of.tutorId,
      before: { installId },
    });
    const sealed = tokens ? ctx.plugins.tokensToRevoke({ connectionId: id, installId, tokens }) : [];
    for (const token of sealed) await ctx.enqueue(trx, { name: 'connection.revoke', data: { installId, token } });
  }
  return rows.length;
}
