import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { costOf, previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getOwnSession, type OwnPlanner, requireAtOnce } from './planner.server.ts';

export interface OwnCancellation {
  sessionId: string;
  /** Of a family: whose places; all of its own, if absent. */
  studentIds?: readonly string[] | undefined;
  reasonId?: string | undefined;
  reason: string;
  /** What they were told it costs (`costOf` the preview); cancelled only while that is so. */
  costSaid?: string | undefined;
}

/**
 * A tutor cancels a session of theirs, without a fee for anybody; a family cancels its own places, with the fee of the
 * policy. Nobody cancels the place of another family.
 * @throws DomainError not_found for a session of others, forbidden with the reason, preview_changed when it costs
 *   something else than they were told, and whatever cancelSession refuses
 */
export async function cancelOwnSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: OwnCancellation,
): Promise<void> {
  const { sessionId, costSaid, reason, reasonId } = input;
  await inTransaction(db, async (trx) => {
    const session = await getOwnSession(trx, planner, sessionId, ctx.clock());
    if (session.status === 'scheduled' && session.own.length === 0)
      throw new DomainError('already_done', 'This is cancelled already.');
    requireAtOnce(planner, 'cancel', session.matter);
    const by = planner.by === 'tutor' ? 'tutor' : 'client';
    const own = session.own.map((place) => place.studentId);
    const studentIds = planner.by === 'tutor' ? undefined : (input.studentIds?.slice() ?? own);
    if (studentIds?.some((id) => !own.includes(id)) || studentIds?.length === 0)
      throw new DomainError('invalid_value', 'Choose for whom.', { field: 'studentIds' });
    if (costSaid !== undefined) {
      const preview = await previewCancellation(trx, ctx, { sessionId, by, ...(studentIds ? { studentIds } : {}) });
      if (costOf(preview) !== costSaid)
        throw new DomainError('preview_changed', 'What cancelling costs has changed meanwhile. Look again before you cancel.');
    }
    // A family's own places alone, or, where nobody else is left, the whole session.
    const whole = studentIds === undefined || (!session.othersIn && studentIds.length === own.length);
    await cancelSession(trx, ctx, actor, { sessionId, ...(whole ? {} : { studentIds }), by, reason, reasonId });
  });
}
