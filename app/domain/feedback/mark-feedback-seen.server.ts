import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * The office has seen to these. `version` is what was on the page: what was changed meanwhile is new again and stays unseen,
 * what was seen before is left as it is.
 * @returns how many are seen now that weren't
 */
export async function markFeedbackSeen(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  read: readonly { id: string; version: string }[],
): Promise<number> {
  if (read.length === 0) return 0;
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ id: string; sessionId: string }>`
      UPDATE feedback f SET seen_at = ${ctx.clock()}, seen_by = ${actor.userId}
      FROM unnest(${read.map(({ id }) => id)}::uuid[], ${read.map(({ version }) => version)}::text[]) AS was(id, version)
      WHERE f.id = was.id AND f.seen_at IS NULL AND extract(epoch FROM f.updated_at)::text = was.version
      RETURNING f.id, f.session_id`.execute(trx);
    for (const { id, sessionId } of rows)
      await audit(trx, actor, { action: 'feedback.see', subjectType: 'feedback', subjectId: id, sessionId });
    return rows.length;
  });
}
