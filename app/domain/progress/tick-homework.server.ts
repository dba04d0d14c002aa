import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const homeworkTickSchema = z.object({
  attendanceId: z.uuid(),
  done: z.boolean(),
  /** What the student says to it; the tutor reads it before the next lesson. */
  answer: z.string().trim().max(5000, 'At most 5,000 characters'),
});

/**
 * Ticks off a student's homework, or takes the tick back; the answer stays. The same twice is once, and a tick keeps the
 * time it was first set. Whether they may is the caller's to know.
 * @throws DomainError not_found where there is no homework that families see; ZodError
 */
export async function tickHomework(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  input: z.input<typeof homeworkTickSchema>,
): Promise<void> {
  const { attendanceId, done, answer } = homeworkTickSchema.parse(input);
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ sessionId: string; doneAt: Date | null; answer: string }>`
      SELECT a.session_id, a.homework_done_at AS done_at, a.homework_answer AS answer
      FROM attendance a JOIN close_out co ON co.session_id = a.session_id
      WHERE a.id = ${attendanceId} AND co.status <> 'sent_back' AND coalesce(a.homework, co.homework) <> ''
      FOR UPDATE OF a`.execute(trx);
    const [place] = rows;
    if (!place || !(await getCloseOutRules(trx)).families_see_homework)
      throw new DomainError('not_found', 'There is no homework here any more.');
    const wasDone = place.doneAt !== null;
    if (wasDone === done && place.answer === answer) return;
    await trx
      .updateTable('attendance')
      .set({
        homeworkAnswer: answer,
        ...(wasDone === done ? {} : { homeworkDoneAt: done ? ctx.clock() : null, homeworkDoneBy: done ? actor.userId : null }),
      })
      .where('id', '=', attendanceId)
      .execute();
    await audit(trx, actor, {
      action: done ? 'homework.tick' : 'homework.untick',
      subjectType: 'attendance',
      subjectId: attendanceId,
      sessionId: place.sessionId,
    });
  });
}

/** Whose place it is: what may be asked about it; undefined for none. */
export async function findPlaceOf(
  db: Kysely<DB>,
  attendanceId: string,
): Promise<{ studentId: string; clientId: string | null } | undefined> {
  return db
    .selectFrom('attendance')
    .innerJoin('student', 'student.id', 'attendance.studentId')
    .select(['student.id as studentId', 'student.clientId'])
    .where('attendance.id', '=', attendanceId)
    .executeTakeFirst();
}
