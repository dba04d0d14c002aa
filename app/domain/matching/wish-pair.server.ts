import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface PairWish {
  requestId: string;
  tutorId: string;
  /** Never, in any case (as far as the rules allow; one tutor of a request), or null: nothing any more. */
  kind: 'veto' | 'pin' | null;
  reason?: string;
}

/**
 * Says of a request and a tutor that they never, or in any case, belong together: for this and later runs. A pair that was
 * just vetoed is no longer proposed. The same twice is once.
 * @throws DomainError not_found
 */
export async function wishPair(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { requestId, tutorId, kind, reason = '' }: PairWish,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const request = await trx.selectFrom('request').select('id').where('id', '=', requestId).forUpdate().executeTakeFirst();
    const tutor = await trx.selectFrom('tutor').select('id').where('id', '=', tutorId).executeTakeFirst();
    if (!request || !tutor) throw new DomainError('not_found', 'This request or this tutor is not there any more.');
    const said = await trx
      .selectFrom('matchingWish')
      .select('kind')
      .where('requestId', '=', requestId)
      .where('tutorId', '=', tutorId)
      .executeTakeFirst();
    if ((said?.kind ?? null) === kind) return;
    await trx
      .deleteFrom('matchingWish')
      .where('requestId', '=', requestId)
      .where((eb) =>
        kind === 'pin' ? eb.or([eb('tutorId', '=', tutorId), eb('kind', '=', 'pin')]) : eb('tutorId', '=', tutorId),
      )
      .execute();
    if (kind !== null) {
      await trx
        .insertInto('matchingWish')
        .values({ requestId, tutorId, kind, reason: reason.trim(), createdBy: actor.userId, createdAt: ctx.clock() })
        .execute();
    }
    if (kind === 'veto') {
      await trx
        .updateTable('matchingPick')
        .set({ state: 'dropped' })
        .where('requestId', '=', requestId)
        .where('tutorId', '=', tutorId)
        .where('state', '=', 'proposed')
        .execute();
    }
    await audit(trx, actor, {
      action: kind === null ? 'matching.unwish' : `matching.${kind}`,
      subjectType: 'request',
      subjectId: requestId,
      before: { tutorId, kind: said?.kind ?? null },
      after: { tutorId, kind },
      reason: reason.trim(),
    });
  });
}
