import { Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { findClientBalance } from '#app/domain/billing/payment-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { InvoiceTable } from '../money-pages/invoice-table.tsx';

const HELP = {
  text: 'Your invoices, what is paid and what is open. Each line leads to its lesson.',
  about: 'family/paying',
} as const;

export const meta: MetaFunction = () => [{ title: 'Invoices · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  // A student sees no money: whom a client's role doesn't open this to is refused.
  const clientIds = user.clientIds.filter((clientId) => can(user, 'invoice.read', { type: 'client', clientId }));
  if (!user.roles.includes('client')) throw forbidden();
  const { db, clock } = args.context;
  const [invoices, balances, organisation] = await Promise.all([
    listInvoices(db, { clientIds, limit: 500 }),
    Promise.all(clientIds.map((id) => findClientBalance(db, id))),
    getOrganisation(db),
  ]);
  const sum = (pick: 'owed' | 'unapplied') => balances.reduce((total, one) => total + (one?.[pick] ?? 0n), 0n);
  return { invoices, owed: sum('owed'), unapplied: sum('unapplied'), today: localDateOf(clock(), organisation.timezone) };
}

export default function FamilyInvoices() {
  const { invoices, owed, unapplied, today } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Invoices"
        actions={
          invoices.length === 0 ? null : (
            <Button component={Link} to="/family/statement" variant="default">
              Statement
            </Button>
          )
        }
      />
      {invoices.length === 0 ? (
        <EmptyState title="No invoices yet" text="Your invoices stand here as soon as there are any, each as a PDF too." />
      ) : (
        <>
          <Facts
            facts={[
              owed >= 0n
                ? ['To be paid', <Money key="owed" value={owed} />]
                : ['Paid ahead', <Money key="ahead" value={-owed} />],
              ...(unapplied > 0n && owed >= 0n
                ? [['Paid ahead', <Money key="unapplied" value={unapplied} />] as [string, React.ReactNode]]
                : []),
            ]}
          />
          <InvoiceTable invoices={invoices} today={today} base="/family/invoices" withoutFamily />
        </>
      )}
    </>
  );
}
