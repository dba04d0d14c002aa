import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type JoinWaitingListInput, joinWaitingListSchema } from './waiting.schema.ts';

/**
 * Puts a student at the end of the waiting list of a session, or of a series with all its sessions. Who waits already
 * keeps their turn.
 * @throws DomainError unknown_reference (field studentId), not_found, already_done when they have a place in it
 */
export async function joinWaitingList(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  input: JoinWaitingListInput,
): Promise<{ id: string }> {
  const { id, sessionId = null, seriesId = null, studentId, note } = joinWaitingListSchema.parse(input);
  return inTransaction(db, async (trx) => {
    // The student's row: the same one twice at once waits here.
    const student = await trx
      .selectFrom('student')
      .select(['id', 'archivedAt'])
      .where('id', '=', studentId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!student || student.archivedAt)
      throw new DomainError('unknown_reference', 'Choose a student who is there.', { field: 'studentId' });
    const { rows } = await sql<{ placed: boolean }>`
      SELECT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.student_id = ${studentId}
        AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS placed
      FROM session s WHERE (s.id = ${sessionId} OR s.series_id = ${seriesId}) AND s.ends_at > ${ctx.clock()}`.execute(trx);
    if (rows.length === 0) throw new DomainError('not_found', 'There is nothing left of it to wait for.');
    if (rows.every((row) => row.placed))
      throw new DomainError('already_done', 'They have a place in it already.', { field: 'studentId' });
    const there = await trx
      .selectFrom('waitingList')
      .select('id')
      .where('studentId', '=', studentId)
      .where('status', 'in', ['waiting', 'offered'])
      .where(sql<boolean>`coalesce(series_id, session_id) = ${seriesId ?? sessionId}::uuid`)
      .executeTakeFirst();
    if (there) return there;
    const entry = await trx
      .insertInto('waitingList')
      .values({ ...(id ? { id } : {}), sessionId, seriesId, studentId, note, joinedAt: ctx.clock(), createdBy: actor.userId })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'waiting_list.join',
      subjectType: seriesId ? 'series' : 'session',
      subjectId: seriesId ?? sessionId,
      sessionId,
      after: { studentId },
    });
    return entry;
  });
}
