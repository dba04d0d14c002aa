import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

const CHUNK = 200;

/** One mail per invoice of the run that has an address and none yet: called again after a crash, it queues the rest. */
export async function queueInvoiceMails(db: Kysely<DB>, ctx: DomainContext, runId: string): Promise<void> {
  for (;;) {
    const queued = await inTransaction(db, async (trx) => {
      const invoices = await trx
        .selectFrom('invoice')
        .innerJoin('client', 'client.id', 'invoice.clientId')
        .innerJoin('invoiceRun', 'invoiceRun.id', 'invoice.runId')
        .leftJoin('mailMessage', 'mailMessage.invoiceId', 'invoice.id')
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
        dedupeKey: `invoice:${invoice.id}`,
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
    if (queued === 0) return;
  }
}
