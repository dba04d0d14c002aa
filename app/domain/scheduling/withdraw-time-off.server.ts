import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockTimeOff } from './lock-time-off.server.ts';

/**
 * Takes back time off that was asked for or approved, so that the tutor can be booked then again. Taken back already,
 * nothing happens.
 * @throws DomainError not_found (of another tutor too), invalid_value when it is over or was declined
 */
export async function withdrawTimeOff(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { tutorId: string; id: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await lockTimeOff(trx, input.id, ctx.clock());
    if (before.tutorId !== input.tutorId) throw new DomainError('not_found', 'This time off is not there.');
    if (before.status === 'withdrawn') return;
    if (before.status === 'declined') throw new DomainError('invalid_value', 'It was declined: there is nothing to take back.');
    if (before.endsAt <= ctx.clock()) throw new DomainError('invalid_value', 'It is over: there is nothing to take back.');
    await trx
      .updateTable('timeOff')
      .set({ status: 'withdrawn', version: before.version + 1 })
      .where('id', '=', input.id)
      .execute();
    await audit(trx, actor, {
      action: 'time_off.withdraw',
      subjectType: 'time_off',
      subjectId: input.id,
      before: { status: before.status },
      after: { status: 'withdrawn' },
    });
  });
}
