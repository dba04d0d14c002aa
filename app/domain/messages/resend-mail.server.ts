import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isMailTemplate, SECRET_TEMPLATES } from '#emails/templates.ts';
import { enqueueMails, type MailContext } from './queue-mail.server.ts';
import { preferencesUrl } from './unsubscribe-link.server.ts';

/** Why a mail can't be sent again, in words; undefined where it can. Browser code gets it with the mail. */
export function whyNotAgain(mail: { template: string; status: string }): string | undefined {
  if (!isMailTemplate(mail.template)) return 'Mails of this kind are no longer sent.';
  if (SECRET_TEMPLATES.includes(mail.template))
    return 'Its link opened an account and was forgotten once it was sent. Invite the person anew, or let them ask for a new password.';
  return ['queued', 'sending'].includes(mail.status) ? 'It still waits to be sent.' : undefined;
}

export interface ResendInput {
  mailId: string;
  /** Where it goes now; where it went before if the same. */
  address: string;
  /** Made by the page: the same form sent twice is one mail. */
  key: string;
}

/**
 * Sends a mail again with the same words, as a row of its own that names the first. At once, whatever the reader's quiet hours.
 * Returns the new mail's id; of a form sent twice, of the one that is there.
 * @throws DomainError not_found, not_allowed (details in the message)
 */
export async function resendMail(
  db: Kysely<DB>,
  ctx: MailContext,
  actor: Actor,
  { mailId, address, key }: ResendInput,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const mail = isId(mailId)
      ? await trx.selectFrom('mailMessage').selectAll().where('id', '=', mailId).executeTakeFirst()
      : undefined;
    if (!mail) throw new DomainError('not_found', 'This mail is not there.');
    const refused = whyNotAgain(mail);
    if (refused || !isMailTemplate(mail.template)) throw new DomainError('locked', refused ?? '');
    const data = mail.data as { recipient: { name: string; address: string } };
    const dedupeKey = `resend:${mailId}:${key}`;
    const row = await trx
      .insertInto('mailMessage')
      .values({
        template: mail.template,
        toName: mail.toName,
        toAddress: address,
        userId: mail.userId,
        sessionId: mail.sessionId,
        invoiceId: mail.invoiceId,
        resendOf: mail.id,
        dedupeKey,
        data: JSON.stringify({
          ...data,
          recipient: { ...data.recipient, address },
          manage: preferencesUrl(ctx.config, { address, template: mail.template }),
        }),
      })
      .onConflict((conflict) => conflict.column('dedupeKey').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) {
      const there = await trx.selectFrom('mailMessage').select('id').where('dedupeKey', '=', dedupeKey).executeTakeFirstOrThrow();
      return there.id;
    }
    await audit(trx, actor, {
      action: 'mail.resend',
      subjectType: 'mail',
      subjectId: mail.id,
      sessionId: mail.sessionId,
      after: { as: row.id, elsewhere: address.toLowerCase() !== mail.toAddress.toLowerCase() },
    });
    await enqueueMails(trx, ctx, [{ id: row.id, notBefore: null, template: mail.template }]);
    return row.id;
  });
}
