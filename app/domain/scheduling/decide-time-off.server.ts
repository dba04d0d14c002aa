import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueTimeOffMail } from '#app/domain/messages/queue-time-off-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { DecideTimeOff } from './availability.schema.ts';
import { lockTimeOff } from './lock-time-off.server.ts';

/**
 * The office's answer to time off that was asked for; the tutor is told by mail. The same answer again changes nothing.
 * @throws DomainError conflict when somebody answered otherwise or the tutor took it back, not_found
 */
export async function decideTimeOff(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: DecideTimeOff): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await lockTimeOff(trx, input.id, ctx.clock());
    const status = input.approve ? 'approved' : 'declined';
    if (before.status === status) return;
    if (before.status !== 'requested' || before.version !== input.version) {
      const words: Record<string, string> = {
        approved: 'It is approved already.',
        declined: 'It is declined already.',
        withdrawn: 'The tutor has taken it back meanwhile.',
      };
      throw new DomainError('conflict', words[before.status] ?? 'It was changed meanwhile. Look at it again.');
    }
    await trx
      .updateTable('timeOff')
      .set({
        status,
        decidedBy: actor.userId,
        decidedAt: ctx.clock(),
        decisionNote: input.note,
        version: before.version + 1,
      })
      .where('id', '=', input.id)
      .execute();
    await audit(trx, actor, {
      action: input.approve ? 'time_off.approve' : 'time_off.decline',
      subjectType: 'time_off',
      subjectId: input.id,
      before: { status: before.status },
      after: { status },
    });
    await queueTimeOffMail(trx, ctx, input.id);
  });
}
