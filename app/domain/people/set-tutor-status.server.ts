import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { disconnectTutors } from '#app/domain/connections/disconnect-account.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { leaveOffers } from '#app/domain/offers/leave-offers.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TutorStatus } from './tutor-status.ts';

/**
 * Says where tutors stand; who stands there already is left alone. What is planned with them stays, whatever the status;
 * what they were offered and have not answered goes on without whoever is not active any more, and whoever leaves has no account
 * connected at a meeting provider.
 * @returns how many changed
 * @throws DomainError not_found where one of them is not there, invalid_value for one who is archived
 */
export async function setTutorStatus(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { ids: readonly string[]; status: TutorStatus; reason?: string },
): Promise<number> {
  const ids = [...new Set(input.ids)].sort();
  if (ids.length === 0) return 0;
  return inTransaction(db, async (trx) => {
    await lockResources(trx, ids, ctx.clock());
    const tutors = await trx
      .selectFrom('tutor')
      .select(['id', 'status', 'archivedAt'])
      .where('id', 'in', ids)
      .orderBy('id')
      .forUpdate()
      .execute();
    if (tutors.length < ids.length) throw new DomainError('not_found', 'This tutor is not there.');
    const changing = tutors.filter((tutor) => tutor.status !== input.status);
    if (changing.some((tutor) => tutor.archivedAt))
      throw new DomainError('invalid_value', 'Bring an archived tutor back before saying where they stand.');
    for (const tutor of changing) {
      await trx
        .updateTable('tutor')
        .set({ status: input.status, version: sql<number>`version + 1` })
        .where('id', '=', tutor.id)
        .execute();
      await audit(trx, actor, {
        action: 'tutor.status',
        subjectType: 'tutor',
        subjectId: tutor.id,
        before: { status: tutor.status },
        after: { status: input.status },
        reason: input.reason,
      });
    }
    const changed = changing.map((tutor) => tutor.id);
    if (input.status !== 'active') await leaveOffers(trx, ctx, actor, changed);
    if (input.status === 'left') await disconnectTutors(trx, ctx, actor, changed);
    return changing.length;
  });
}
