import { Anchor } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { findTransaction, ownersOf } from '#app/domain/books/books-queries.server.ts';
import { groupLabel, sourceOf } from '#app/domain/books/opens.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { Entry } from '../books-pages/amount.tsx';
import { Facts } from '../money-pages/facts.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.transaction.description || 'Posting'} · Books · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db } = args.context;
  const transaction = await findTransaction(db, recordIdOf(args.params));
  if (!transaction) throw notFound();
  const source = sourceOf(transaction.key);
  const owners = source ? await ownersOf(db, source) : {};
  return { transaction, from: fromOf(source, owners) };
}

/** The page of what it was posted for. */
function fromOf(source: ReturnType<typeof sourceOf>, owners: Awaited<ReturnType<typeof ownersOf>>) {
  if (owners.invoiceId) return { to: `/office/invoices/${owners.invoiceId}`, label: 'The invoice' };
  if (owners.clientId) return { to: `/office/credits/${owners.clientId}`, label: 'The family’s credits' };
  const paymentId = source?.kind === 'payment' ? source.id : owners.paymentId;
  if (paymentId) return { to: `/office/payments/${paymentId}`, label: 'The payment' };
  if (source?.kind === 'invoice') return { to: `/office/invoices/${source.id}`, label: 'The invoice' };
  if (source?.kind === 'pay-run') return { to: `/office/pay-runs/${source.id}`, label: 'The pay run' };
  return null;
}

export default function TransactionPage() {
  const { transaction, from } = useLoaderData<typeof loader>();
  const facts: [string, React.ReactNode][] = [
    ['Day', <LocalDate key="day" value={transaction.effectiveOn} />],
    ['Posted', <DateTime key="posted" value={transaction.postedAt} />],
  ];
  if (transaction.sessionId) {
    facts.push([
      'For',
      <Anchor key="session" component={Link} to={`/office/sessions/${transaction.sessionId}`}>
        The session
      </Anchor>,
    ]);
  }
  if (from) {
    facts.push([
      'From',
      <Anchor key="from" component={Link} to={from.to}>
        {from.label}
      </Anchor>,
    ]);
  }
  return (
    <>
      <PageHeader
        title={transaction.description || 'Posting'}
        description="One posting: its entries come to nothing together. It can’t be changed; a mistake is taken back by another."
        back={{ to: '/office/books', label: 'Books' }}
      />
      <Facts facts={facts} />
      <DataTable
        caption="Entries"
        rows={transaction.entries}
        rowKey={(row) => row.accountId}
        columns={[
          {
            key: 'account',
            header: 'Account',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/books/accounts/${row.accountId}`} size="sm" fw={500}>
                {row.code}
              </Anchor>
            ),
          },
          { key: 'is', header: 'What it is', cell: (row) => groupLabel(groupOf(row.code)) },
          {
            key: 'debit',
            header: 'Debit',
            align: 'right',
            cell: (row) => (row.amount > 0n ? <Entry commodity={row.commodity} value={row.amount} /> : null),
          },
          {
            key: 'credit',
            header: 'Credit',
            align: 'right',
            cell: (row) => (row.amount < 0n ? <Entry commodity={row.commodity} value={-row.amount} /> : null),
          },
        ]}
      />
    </>
  );
}

function groupOf(code: string): string {
  const parts = code.split(':');
  if (parts[0] !== 'credits') return parts.slice(0, 2).join(':');
  return `credits:${parts.includes('lot') ? 'lot' : parts.at(-1)}`;
}
