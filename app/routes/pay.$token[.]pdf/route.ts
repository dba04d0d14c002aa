import type { LoaderFunctionArgs } from '@remix-run/node';
import { renderInvoice } from '#app/domain/billing/invoice-documents.server.ts';
import { loadLinkedInvoice } from '../money-pages/linked-invoice.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const invoice = await loadLinkedInvoice(args);
  const content = await renderInvoice(args.context.db, args.context.config, invoice);
  return fileResponse(content, { name: `${invoice.numberText}.pdf`, type: 'application/pdf' });
}
