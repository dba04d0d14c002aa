import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { findInvoice } from '#app/domain/billing/invoice-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { InvoiceFiles, InvoiceView } from '../money-pages/invoice-view.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Invoice ${data?.invoice.numberText ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  const { db, clock } = args.context;
  const invoice = await findInvoice(db, recordIdOf(args.params));
  // This page is the family's own, whatever else its reader may see elsewhere.
  if (!invoice || !user.roles.includes('client') || !user.clientIds.includes(invoice.clientId)) throw notFound();
  const { runId: _run, clientEmail: _email, clientRef: _ref, writeOffs: _writeOffs, ...shown } = invoice;
  // Why a credited place is on no invoice is the office's affair.
  const lines = shown.lines.map((line) => ({ ...line, leftOut: null, reason: forFamily(line.reason) }));
  return { invoice: { ...shown, lines }, today: localDateOf(clock(), (await getOrganisation(db)).timezone) };
}

/** What the amount was worked out from, without the ids of our rates. */
function forFamily(reason: unknown): unknown {
  if (typeof reason !== 'object' || reason === null) return null;
  const { rateId: _rateId, scope: _scope, ...rest } = reason as Record<string, unknown>;
  return rest;
}

export default function FamilyInvoice() {
  const { invoice, today } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={invoice.numberText}
        back={{ to: '/family/invoices', label: 'Invoices' }}
        actions={<InvoiceFiles id={invoice.id} />}
      />
      <InvoiceView invoice={invoice} today={today} sessionBase="/family/sessions" />
    </>
  );
}
