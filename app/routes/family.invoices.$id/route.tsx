import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { findInvoice } from '#app/domain/billing/invoice-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { InvoiceFiles, InvoiceView } from '../money-pages/invoice-view.tsx';
import { answerPay, loadPay } from '../payment-pages/pay.server.ts';
import { PayOutcomeNote, PayPanel } from '../payment-pages/pay-panel.tsx';

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
  const pay = await loadPay(args.context, args.request, {
    clientIds: [invoice.clientId],
    invoiceId: invoice.id,
    mayKeepCard: true,
  });
  return { invoice: { ...shown, lines }, pay, today: localDateOf(clock(), (await getOrganisation(db)).timezone) };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  await authorize(args, 'family.enter');
  const invoice = await findInvoice(context.db, recordIdOf(args.params));
  const clientId = invoice?.clientId ?? '00000000-0000-0000-0000-000000000000';
  const user = await authorize(args, 'invoice.pay', { type: 'client', clientId }, { hide: true });
  if (!invoice) throw notFound();
  const form = await request.formData();
  const here = `/family/invoices/${invoice.id}`;
  return answerPay(context, actorOf(user, context), form, {
    clientId,
    purpose: 'invoice',
    invoiceId: invoice.id,
    saveCard: form.get('saveCard') === 'on',
    back: { success: here, cancel: here },
  });
}

/** What the amount was worked out from, without the ids of our rates. */
function forFamily(reason: unknown): unknown {
  if (typeof reason !== 'object' || reason === null) return null;
  const { rateId: _rateId, scope: _scope, ...rest } = reason as Record<string, unknown>;
  return rest;
}

export default function FamilyInvoice() {
  const { invoice, today, pay } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={invoice.numberText}
        back={{ to: '/family/invoices', label: 'Invoices' }}
        actions={<InvoiceFiles id={invoice.id} />}
      />
      <PayOutcomeNote outcome={pay.outcome} />
      <InvoiceView invoice={invoice} today={today} sessionBase="/family/sessions">
        {invoice.open > 0n ? (
          <PayPanel
            pay={pay}
            title="Pay by card"
            label={
              <>
                Pay <Money value={invoice.open} currency={invoice.currency} />
              </>
            }
            text="On the page of our payment provider. Your card’s number never comes to us."
            intent="pay"
            answer={answer}
          />
        ) : null}
      </InvoiceView>
    </>
  );
}
