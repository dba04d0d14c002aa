import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { reasonText } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { reasonLabelOf } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { linkReplacement } from '#app/domain/scheduling/replace-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { placeStudent } from './place-student.server.ts';

export const movePlaceSchema = z.object({
  sessionId: z.uuid(),
  studentId: z.uuid(),
  toSessionId: z.uuid('Choose a session'),
  by: z.enum(['client', 'tutor', 'office']),
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  reason: z.string().trim().max(1000, 'At most 1000 characters'),
});
export type MovePlaceInput = z.infer<typeof movePlaceSchema>;

/**
 * Moves one student alone to another session of the same program and subject that has a place: the place here is cancelled
 * by the policy (so with a late fee of its own where it is late), the one there is booked, each leads to the other, and
 * the rest of both groups stays as it is. Doing it again changes nothing.
 * @throws DomainError as cancelSession and placeStudent; invalid_value (field toSessionId) for another program or subject
 */
export async function movePlace(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: MovePlaceInput): Promise<void> {
  const { sessionId, studentId, toSessionId, by, reasonId, reason } = input;
  try {
    await inTransaction(db, async (trx) => {
      const { rows } = await sql<{ id: string; programId: string; subjectId: string; tutorId: string; roomId: string | null }>`
        SELECT id, program_id, subject_id, tutor_id, room_id FROM session WHERE id = ANY(${[sessionId, toSessionId]}::uuid[])`.execute(
        trx,
      );
      const from = rows.find((row) => row.id === sessionId);
      const to = rows.find((row) => row.id === toSessionId);
      if (!from || !to) throw new DomainError('not_found', 'This session does not exist.');
      if (from.id === to.id || from.programId !== to.programId || from.subjectId !== to.subjectId)
        throw new DomainError('invalid_value', 'Choose another session of the same program and subject.', {
          field: 'toSessionId',
        });
      await lockResources(trx, [studentId, to.tutorId, ...(to.roomId ? [to.roomId] : [])], ctx.clock());
      await sql`SELECT 1 FROM session WHERE id = ANY(${[sessionId, toSessionId]}::uuid[]) ORDER BY id FOR UPDATE`.execute(trx);
      const moved = await trx
        .selectFrom('attendance')
        .select('replacedById')
        .where('sessionId', '=', sessionId)
        .where('studentId', '=', studentId)
        .executeTakeFirst();
      if (!moved) throw new DomainError('not_found', 'This student is not in that session.');
      if (moved.replacedById === toSessionId) return;
      const label = await reasonLabelOf(trx, reasonId, by);
      const was = await trx
        .selectFrom('attendance')
        .select('billingInstallId')
        .where('sessionId', '=', sessionId)
        .where('studentId', '=', studentId)
        .executeTakeFirstOrThrow();
      await cancelSession(trx, ctx, actor, { sessionId, studentIds: [studentId], by, reasonId, reason, silent: true });
      // As the place was billed, so is the one that takes its place: a course's credits go along.
      await placeStudent(trx, ctx, actor, { sessionIds: [toSessionId], studentId, billingInstallId: was.billingInstallId });
      await linkReplacement(trx, actor, { sessionId, studentIds: [studentId], replacementId: toSessionId });
      await queueScheduleMails(trx, ctx, {
        cause: reasonText(label, reason) || null,
        changes: [
          { sessionId, kind: 'cancelled', studentIds: [studentId] },
          { sessionId: toSessionId, kind: 'booked', studentIds: [studentId] },
        ],
      });
    });
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}
