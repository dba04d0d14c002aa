import type { LoaderFunctionArgs } from '@remix-run/node';
import { invoiceCsv } from '#app/domain/billing/invoice-csv.ts';
import { loadInvoiceOf } from '../money-pages/load-invoice.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const invoice = await loadInvoiceOf(args);
  return fileResponse(invoiceCsv(invoice), { name: `${invoice.numberText}.csv`, type: 'text/csv; charset=utf-8' });
}
