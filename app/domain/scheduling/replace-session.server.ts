import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { type MakeUp, makeUpOf } from '#app/domain/groups/course-credits.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { bookSession } from './book-session.server.ts';
import { bumpVersion, lockSession } from './open-session.server.ts';
import type { BookSessionInput } from './session.schema.ts';

/**
 * Books what takes the place of a cancelled session, and links the two: each page leads to the other.
 * @throws DomainError as bookSession; not_found, invalid_value where nothing of the former is cancelled
 */
export async function bookReplacement(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: BookSessionInput & { replaces: string },
): Promise<{ sessionId: string }> {
  const { replaces, ...booking } = input;
  return inTransaction(db, async (trx) => {
    const billingOf = await billingInstead(trx, ctx, replaces, booking.programId);
    const { sessionId } = await bookSession(trx, ctx, actor, { ...booking, billingOf });
    await linkReplacement(trx, actor, { sessionId: replaces, studentIds: booking.studentIds, replacementId: sessionId });
    return { sessionId };
  });
}

/** Instead of a session of a course, what is left of what its places were sold as pays: for its program alone. */
export async function billingInstead(
  trx: Transaction<DB>,
  ctx: DomainContext,
  sessionId: string,
  programId: string,
): Promise<MakeUp> {
  const former = await trx
    .selectFrom('session')
    .select('seriesId')
    .where('id', '=', sessionId)
    .where('programId', '=', programId)
    .executeTakeFirst();
  return makeUpOf(trx, ctx, former?.seriesId ?? null);
}

export interface Replacement {
  /** What was cancelled. */
  sessionId: string;
  /** Whose cancelled places in it: all, if absent. */
  studentIds?: readonly string[] | undefined;
  replacementId: string;
}

/**
 * Says what a cancelled session, or a cancelled place in it, was replaced by. A session of which nothing remains reads
 * as rescheduled then; one with a late fee stays cancelled late, since its fee and its pay stay due. Again changes nothing.
 * @throws DomainError not_found; invalid_value where none of these places is cancelled
 */
export async function linkReplacement(db: Kysely<DB>, actor: Actor, input: Replacement): Promise<void> {
  const { sessionId, studentIds, replacementId } = input;
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, sessionId);
    const places = await trx
      .selectFrom('attendance')
      .select(['studentId', 'outcome', 'replacedById'])
      .where('sessionId', '=', sessionId)
      .execute();
    const cancelled = places.filter((place) => !isLeft(place.outcome));
    const moved = studentIds ? cancelled.filter((place) => studentIds.includes(place.studentId)) : cancelled;
    if (sessionId === replacementId || moved.length === 0)
      throw new DomainError('invalid_value', 'Only what was cancelled can be replaced by another session.');
    if (moved.every((place) => place.replacedById === replacementId)) return;
    await trx
      .updateTable('attendance')
      .set({ replacedById: replacementId })
      .where('sessionId', '=', sessionId)
      .where('studentId', '=', sql<string>`ANY(${moved.map((place) => place.studentId)}::uuid[])`)
      .execute();
    // A course's session that the last one left is still held open for others.
    const off = session.status !== 'scheduled';
    const whole = off && places.every((place) => moved.includes(place) || place.replacedById === replacementId);
    if (whole) {
      const nothingDue = places.every((place) => place.outcome === 'cancelled');
      await trx
        .updateTable('session')
        .set({ replacedById: replacementId, status: nothingDue ? 'rescheduled' : session.status })
        .where('id', '=', sessionId)
        .execute();
    }
    await bumpVersion(trx, sessionId);
    const link = { studentIds: moved.map((place) => place.studentId) };
    const told = { subjectType: 'session', after: link };
    await audit(trx, actor, { ...told, action: 'session.replaced', subjectId: sessionId, sessionId });
    await audit(trx, actor, { ...told, action: 'session.replaces', subjectId: replacementId, sessionId: replacementId });
  });
}
