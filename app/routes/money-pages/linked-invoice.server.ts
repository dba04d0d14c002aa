import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { invoiceIdOfToken } from '#app/domain/billing/documents/pay-link.server.ts';
import { findInvoice, type InvoiceDetail } from '#app/domain/billing/invoice-queries.server.ts';

/** The invoice of a signed link, for whoever holds the link; 404 for any other. */
export async function loadLinkedInvoice({ context, params }: LoaderFunctionArgs): Promise<InvoiceDetail> {
  const wait = await countTry(context.db, [{ limit: 'linkAddress', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) throw data(waitMessage(wait), { status: 429, headers: { 'Retry-After': `${wait}` } });
  const id = invoiceIdOfToken(context.config, params.token ?? '');
  const invoice = id ? await findInvoice(context.db, id) : undefined;
  if (!invoice) throw notFound();
  return invoice;
}
