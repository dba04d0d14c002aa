import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { tutorOverdueMail } from '#app/domain/messages/overdue-mail.server.ts';
import { type MailContext, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { listOpenCloseOuts } from './open-queries.server.ts';

/** A second click is the same reminder. */
const ONCE_IN_MINUTES = 10;

/**
 * Reminds a tutor, at the office's word, of all their sessions that are over and not closed out. Asked again within ten
 * minutes it does nothing.
 * @throws DomainError invalid_value where the tutor has no mail address
 */
export async function remindTutor(
  db: Kysely<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
  actor: Actor,
  { tutorId }: { tutorId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.selectFrom('tutor').select('id').where('id', '=', tutorId).forUpdate().execute();
    const now = ctx.clock();
    const open = await listOpenCloseOuts(trx, { now, tutorId });
    const just = new Date(now.getTime() - ONCE_IN_MINUTES * 60_000);
    if (open.length === 0 || open.some((row) => row.toldAt !== null && row.toldAt > just)) return;
    const mails = tutorOverdueMail(open, { origin: ctx.config.origin, now });
    if (mails.length === 0)
      throw new DomainError(
        'invalid_value',
        `${open[0]?.tutor.name} has no mail address. Ring them, or enter one on their page.`,
      );
    await queueMails(trx, ctx, mails);
    await trx
      .insertInto('closeOutChase')
      .values(open.map((row) => ({ sessionId: row.id, step: `tutor:asked:${now.toISOString()}`, sentAt: now })))
      .execute();
    for (const { id } of open)
      await audit(trx, actor, {
        action: 'closeout.chase',
        subjectType: 'session',
        subjectId: id,
        sessionId: id,
        after: { step: 'asked' },
      });
  });
}
