import type { LoaderFunctionArgs } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { renderCreditNote } from '#app/domain/billing/invoice-documents.server.ts';
import { findInvoiceOfCreditNote } from '#app/domain/billing/invoice-queries.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { loadInvoice } from '../money-pages/load-invoice.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const id = recordIdOf(args.params);
  // A note that isn't there belongs to an invoice that isn't there: the same way to the same 404.
  const invoice = await loadInvoice(args, (await findInvoiceOfCreditNote(args.context.db, id)) ?? id);
  const note = invoice.creditNotes.find((one) => one.id === id);
  if (!note) throw notFound();
  return fileResponse(await renderCreditNote(args.context.db, invoice, note), {
    name: `${note.numberText}.pdf`,
    type: 'application/pdf',
  });
}
