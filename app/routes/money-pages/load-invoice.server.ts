import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { findInvoice, type InvoiceDetail } from '#app/domain/billing/invoice-queries.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

type Args = Pick<LoaderFunctionArgs, 'request' | 'context'>;

/** An invoice for who may see it: the office's administrators and its family. To everybody else there is none. */
export async function loadInvoice(args: Args, id: string): Promise<InvoiceDetail> {
  const invoice = await findInvoice(args.context.db, id);
  // Without the invoice its reader is asked all the same, so that nobody learns by the answer whether there is one.
  const subject = { type: 'client' as const, clientId: invoice?.clientId ?? '00000000-0000-0000-0000-000000000000' };
  await authorize(args, 'invoice.read', subject, { hide: true });
  if (!invoice) throw notFound();
  return invoice;
}

export const loadInvoiceOf = (args: LoaderFunctionArgs): Promise<InvoiceDetail> => loadInvoice(args, recordIdOf(args.params));
