import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Period } from './invoice-run.ts';
import { getProForma } from './pro-forma-queries.server.ts';

/**
 * Mails a family what its planned lessons of a span will cost, with the PDF. The same amount for the same span is mailed
 * once.
 * @throws DomainError not_found, invalid_value where there is no address or nothing planned
 */
export async function sendProForma(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Period & { clientId: string },
): Promise<void> {
  const { clientId, from, to } = input;
  await inTransaction(db, async (trx) => {
    const { client, total, lines, currency } = await getProForma(trx, ctx, clientId, { from, to });
    if (!client.email) throw new DomainError('invalid_value', 'This family has no e-mail address.');
    if (lines.length === 0) throw new DomainError('invalid_value', 'Nothing is planned in these days that would be invoiced.');
    const queued = await queueMail(trx, ctx, {
      template: 'pro-forma',
      to: { name: client.name, address: client.email },
      userId: client.userId,
      dedupeKey: `pro-forma:${clientId}:${from}:${to}:${lines.length}:${total}`,
      data: {
        link: `${ctx.config.origin}/family/sessions`,
        clientId,
        from,
        to,
        total: total.toString(),
        lessons: lines.length,
        currency,
      },
    });
    if (!queued) return;
    await audit(trx, actor, {
      action: 'pro_forma.send',
      subjectType: 'client',
      subjectId: clientId,
      after: { from, to, total },
    });
  });
}
