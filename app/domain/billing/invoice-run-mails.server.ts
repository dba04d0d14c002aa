import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

const CHUNK = 200;

/**
 * One mail per invoice of the run that has an address and none yet: called again after a crash, it queues the rest. With
 * `again` each that has an address is mailed once more, once per value of it.
 * @returns how many mails are new
 */
export async function queueInvoiceMails(db: Kysely<DB>, ctx: DomainContext, runId: string, again?: string): Promise<number> {
  const keyOf = (invoiceId: string) => (again ? `invoice:${invoiceId}:${again}` : `invoice:${invoiceId}`);
  let all = 0;
  for (;;) {
    const queued = await inTransaction(db, async (trx) => {
      const invoices = await trx
        .selectFrom('invoice')
        .innerJoin('client', 'client.id', 'invoice.clientId')
        .innerJoin('invoiceRun', 'invoiceRun.id', 'invoice.runId')
        .leftJoin('mailMessage', (join) =>
          again
            ? join.on('mailMessage.dedupeKey', '=', sql<string>`'invoice:' || invoice.id || ':' || ${again}`)
            : join.onRef('mailMessage.invoiceId', '=', 'invoice.id').on('mailMessage.template', '=', 'invoice'),
        )
        .select([
          'invoice.id',
          'invoice.numberText',
          'invoice.clientName',
          'invoice.clientEmail',
          'invoice.total',
          'invoice.currency',
          'invoice.dueOn',
          'invoiceRun.periodFrom',
          'invoiceRun.periodTo',
          'client.userId',
        ])
        .where('invoice.runId', '=', runId)
        .where('invoice.clientEmail', 'is not', null)
        .where('mailMessage.id', 'is', null)
        .orderBy('invoice.number')
        .limit(CHUNK)
        .execute();
      const mails = invoices.map((invoice) => ({
        template: 'invoice' as const,
        to: { name: invoice.clientName, address: invoice.clientEmail ?? '' },
        userId: invoice.userId,
        invoiceId: invoice.id,
        dedupeKey: keyOf(invoice.id),
        data: {
          link: `${ctx.config.origin}/family/invoices/${invoice.id}`,
          number: invoice.numberText,
          from: invoice.periodFrom,
          to: invoice.periodTo,
          total: invoice.total.toString(),
          currency: invoice.currency,
          dueOn: invoice.dueOn,
        },
      }));
      await queueMails(trx, ctx, mails);
      return mails.length;
    });
    all += queued;
    if (queued === 0) return all;
  }
}
