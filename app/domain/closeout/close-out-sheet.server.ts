import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { CloseOutInput } from './close-out.schema.ts';
import { submitCloseOut } from './submit-close-out.server.ts';

export interface SheetInput {
  sessionId: string;
  attendance: Pick<CloseOutInput['attendance'][number], 'studentId' | 'outcome'>[];
}

/**
 * Closes out the sessions of an attendance sheet for the office, each at its planned time and length with the outcomes
 * given. Each stands for itself: what is refused is told at its session and keeps none of the others back. A sheet sent
 * twice does it once; a session that somebody closed out otherwise meanwhile is left as they did.
 * @returns the sessions closed out, and why each of the others wasn't
 */
export async function closeOutSheet(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  sheet: readonly SheetInput[],
): Promise<{ done: string[]; refused: { sessionId: string; error: DomainError }[] }> {
  const { rows } = await sql<{ id: string; startsAt: Date; zone: string; durationMinutes: number }>`
    SELECT id, starts_at, zone, duration_minutes FROM session
    WHERE id = ANY(${sheet.map((one) => one.sessionId)}::uuid[])`.execute(db);
  const planned = new Map(rows.map((row) => [row.id, row]));
  const done: string[] = [];
  const refused: { sessionId: string; error: DomainError }[] = [];
  for (const { sessionId, attendance } of sheet) {
    try {
      const plan = planned.get(sessionId);
      if (!plan) throw new DomainError('not_found', 'This session is not there.');
      if (plan.startsAt > ctx.clock()) throw new DomainError('invalid_value', 'This session has not begun yet.');
      await submitCloseOut(
        db,
        ctx,
        actor,
        {
          sessionId,
          version: 0,
          actualWallStart: instantToWall(plan.startsAt, plan.zone),
          actualMinutes: plan.durationMinutes,
          notes: '',
          privateNote: '',
          homework: '',
          nextTopics: '',
          attendance,
        },
        { office: true },
      );
      done.push(sessionId);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      refused.push({ sessionId, error: error.code === 'conflict' ? closedMeanwhile() : error });
    }
  }
  return { done, refused };
}

const closedMeanwhile = () =>
  new DomainError('conflict', 'Somebody closed this session out meanwhile, and it was left as they did. Open it to see.');
