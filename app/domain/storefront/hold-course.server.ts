import { type Kysely, sql } from 'kysely';
import { hashToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { addMinutes, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkHoldsFrom } from './hold-queries.server.ts';

/**
 * Keeps one of a course's places for a guest while they say who they are: it counts like somebody who is in it. Sent again
 * with the same token it keeps the place anew; what the token kept before is given up.
 * @throws DomainError not_found; locked when it takes nobody in any more; conflict when it is full, or this address keeps too much
 */
export async function holdCourse(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { token, from, courseId }: { token: string; from: string; courseId: string },
): Promise<{ holdId: string; expiresAt: Date }> {
  const now = ctx.clock();
  try {
    return await inTransaction(db, async (trx) => {
      const before = await trx
        .selectFrom('hold')
        .select('id')
        .where('tokenHash', '=', hashToken(token))
        .forUpdate()
        .executeTakeFirst();
      await checkHoldsFrom(trx, from, now, token);
      // One after the other: of many who want the last place one gets it.
      const course = await trx.selectFrom('course').selectAll().where('id', '=', courseId).forUpdate().executeTakeFirst();
      if (!course) throw new DomainError('not_found', 'This course does not exist.');
      const { scheduling, timezone } = await trx
        .selectFrom('organisation')
        .select(['scheduling', 'timezone'])
        .executeTakeFirstOrThrow();
      if (course.archivedAt || (course.enrolUntil !== null && localDateOf(now, timezone) > course.enrolUntil))
        throw new DomainError('locked', `${course.name} takes nobody in any more. Choose another.`);
      const { rows } = await sql<{ taken: number }>`
        SELECT (SELECT count(*)::int FROM course_enrolment WHERE course_id = ${courseId} AND left_at IS NULL)
          + (SELECT count(*)::int FROM hold WHERE course_id = ${courseId} AND expires_at > ${now}
             AND id IS DISTINCT FROM ${before?.id ?? null}::uuid) AS taken`.execute(trx);
      if ((rows[0]?.taken ?? 0) >= course.capacity)
        throw new DomainError('conflict', `${course.name} is full, or its last places are just being booked. Choose another.`);
      if (before) await trx.deleteFrom('hold').where('id', '=', before.id).execute();
      const expiresAt = addMinutes(now, readSchedulingRules(scheduling).storefront.holdMinutes);
      const { id: holdId } = await trx
        .insertInto('hold')
        .values({
          tokenHash: hashToken(token),
          courseId,
          data: JSON.stringify({ from: hashToken(from) }),
          expiresAt,
          createdAt: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { holdId, expiresAt };
    });
  } catch (error) {
    if (constraintOf(error) === 'hold_token_hash_key')
      throw new DomainError('conflict', 'This was sent twice at the same moment. Choose once more.', { cause: error });
    throw error;
  }
}
