import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import type { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { closeOutSheet } from './close-out-sheet.server.ts';

/**
 * For the office: these sessions took place as they were planned, with everybody who had not cancelled. Each stands for
 * itself, as on an attendance sheet; one that is closed out already is left as it is.
 */
export async function closeOutAsPlanned(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { sessionIds: readonly string[] },
): Promise<{ done: string[]; refused: { sessionId: string; error: DomainError }[] }> {
  if (input.sessionIds.length === 0) return { done: [], refused: [] };
  const places = await db
    .selectFrom('attendance')
    .select(['sessionId', 'studentId'])
    .where('sessionId', 'in', [...input.sessionIds])
    .where('outcome', 'not in', ['cancelled', 'late_cancel'])
    .execute();
  const sheet = [...Map.groupBy(places, (place) => place.sessionId)].map(([sessionId, own]) => ({
    sessionId,
    attendance: own.map(({ studentId }) => ({ studentId, outcome: 'attended' as const })),
  }));
  return closeOutSheet(db, ctx, actor, sheet);
}
