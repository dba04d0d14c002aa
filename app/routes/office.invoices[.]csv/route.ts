import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { invoicesCsv } from '#app/domain/billing/invoice-csv.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readInvoiceFilter } from '../money-pages/invoice-filter.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const params = new URL(args.request.url).searchParams;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const run = params.get('run') ?? '';
  const invoices = await listInvoices(db, {
    ...readInvoiceFilter(params).query,
    ...(isId(run) ? { runId: run } : {}),
    today,
    limit: 100_000,
  });
  return fileResponse(invoicesCsv(invoices), { name: 'invoices.csv', type: 'text/csv; charset=utf-8' });
}
