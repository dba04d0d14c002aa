import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Period } from './invoice-run.ts';
import { checkPeriod } from './preview-invoice-run.server.ts';
import { listStatementReaders } from './statement-queries.server.ts';

export interface SendStatements extends Period {
  /** Left out: every family that owes something or had anything happen. */
  clientIds?: readonly string[];
}

/**
 * Mails families their statement of a span, with the PDF. The same statement twice on one day is one mail.
 * @returns how many were mailed, and the names of those without an address
 */
export async function sendStatements(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { from, to, clientIds }: SendStatements,
): Promise<{ sent: number; silent: string[] }> {
  checkPeriod({ from, to });
  return inTransaction(db, async (trx) => {
    const { currency, timezone } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    const readers = await listStatementReaders(trx, { from, to }, clientIds ?? null);
    const mails = readers.flatMap((reader) =>
      reader.email
        ? [
            {
              template: 'statement' as const,
              to: { name: reader.name, address: reader.email },
              userId: reader.userId,
              dedupeKey: `statement:${reader.id}:${from}:${to}:${today}`,
              data: {
                link: `${ctx.config.origin}/family/statement?from=${from}&until=${addDays(to, -1)}&client=${reader.id}`,
                clientId: reader.id,
                from,
                to,
                closing: reader.closing.toString(),
                currency,
              },
            },
          ]
        : [],
    );
    const sent = await queueMails(trx, ctx, mails);
    const only = clientIds?.length === 1 ? (clientIds[0] ?? null) : null;
    if (sent > 0) {
      await audit(trx, actor, {
        action: 'statement.send',
        subjectType: only ? 'client' : 'organisation',
        subjectId: only,
        after: { from, to, sent },
      });
    }
    return { sent, silent: readers.filter((reader) => !reader.email).map((reader) => reader.name) };
  });
}
