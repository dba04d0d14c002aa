import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { renderProForma } from '#app/domain/billing/documents/pro-forma-document.server.ts';
import { renderStatement } from '#app/domain/billing/documents/statement-document.server.ts';
import { renderInvoice } from '#app/domain/billing/invoice-documents.server.ts';
import { getInvoice } from '#app/domain/billing/invoice-queries.server.ts';
import { getProForma } from '#app/domain/billing/pro-forma-queries.server.ts';
import { getStatement } from '#app/domain/billing/statement-queries.server.ts';
import type { DB } from '#db/types.ts';
import type { MailAttachment } from '#emails/transport.ts';
import { trialOf } from './mail-trial.ts';

interface Mail {
  template: string;
  invoiceId: string | null;
  data: unknown;
}

/** The documents that go with a mail, made as it is sent. */
export async function attachmentsOf(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'config' | 'plugins'>,
  mail: Mail,
): Promise<MailAttachment[]> {
  if (trialOf(mail.data)) return [];
  if (mail.invoiceId) {
    const invoice = await getInvoice(db, mail.invoiceId);
    return [pdf(invoice.numberText, await renderInvoice(db, ctx.config, invoice))];
  }
  if (mail.template !== 'statement' && mail.template !== 'pro-forma') return [];
  const { clientId, from, to } = mail.data as { clientId: string; from: string; to: string };
  if (mail.template === 'statement')
    return [pdf(`Statement ${from}`, await renderStatement(db, ctx, await getStatement(db, clientId, { from, to })))];
  return [pdf(`Pro forma ${from}`, await renderProForma(db, ctx, await getProForma(db, ctx, clientId, { from, to })))];
}

const pdf = (name: string, content: Buffer): MailAttachment => ({
  filename: `${name}.pdf`,
  contentType: 'application/pdf',
  content,
});
