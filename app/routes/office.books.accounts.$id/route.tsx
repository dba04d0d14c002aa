import { Anchor, Button, Group } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { findAccount, listEntriesOf } from '#app/domain/books/books-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { Amount } from '../books-pages/amount.tsx';
import { Facts } from '../money-pages/facts.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.account.code ?? ''} · Books · Lectern` }];

const PAGE = 100;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db } = args.context;
  const account = await findAccount(db, recordIdOf(args.params));
  if (!account) throw notFound();
  const before = new URL(args.request.url).searchParams.get('before') ?? '';
  const entries = await listEntriesOf(db, {
    accountId: account.id,
    before: /^\d{1,18}$/.test(before) ? BigInt(before) : undefined,
    limit: PAGE + 1,
  });
  const shown = entries.slice(0, PAGE);
  return { account, entries: shown, older: entries.length > PAGE ? (shown.at(-1)?.seq.toString() ?? null) : null };
}

export default function AccountPage() {
  const { account, entries, older } = useLoaderData<typeof loader>();
  const { kind, commodity } = account;
  const owner = account.clientId
    ? { to: `/office/clients/${account.clientId}`, name: account.clientName }
    : account.tutorId
      ? { to: `/office/tutors/${account.tutorId}`, name: account.tutorName }
      : undefined;
  return (
    <>
      <PageHeader title={owner?.name ?? account.code} description={account.code} back={{ to: '/office/books', label: 'Books' }} />
      <Facts
        facts={[
          ['Balance', <Amount key="balance" kind={kind} commodity={commodity} value={account.balance} />],
          ...(owner
            ? ([
                [
                  'Of',
                  <Anchor key="owner" component={Link} to={owner.to}>
                    {owner.name}
                  </Anchor>,
                ],
              ] as [string, React.ReactNode][])
            : []),
        ]}
      />
      {entries.length === 0 ? (
        <EmptyState title="Nothing was posted here" text="What is posted on this account is listed here, newest first." />
      ) : (
        <DataTable
          caption="Entries, the newest posting first"
          rows={entries}
          rowKey={(row) => row.transactionId}
          columns={[
            { key: 'day', header: 'Day', cell: (row) => <LocalDate value={row.effectiveOn} /> },
            {
              key: 'what',
              header: 'What',
              primary: true,
              cell: (row) => (
                <Anchor component={Link} to={`/office/books/transactions/${row.transactionId}`} size="sm" fw={500}>
                  {row.description || 'Posting'}
                </Anchor>
              ),
            },
            { key: 'posted', header: 'Posted', cell: (row) => <DateTime value={row.postedAt} />, wideOnly: true },
            {
              key: 'amount',
              header: 'Amount',
              align: 'right',
              cell: (row) => <Amount kind={kind} commodity={commodity} value={row.amount} />,
            },
            {
              key: 'after',
              header: 'Balance after it',
              align: 'right',
              cell: (row) => <Amount kind={kind} commodity={commodity} value={row.balanceAfter} />,
            },
          ]}
        />
      )}
      {older ? (
        <Group mt="md">
          <Button component={Link} to={`?before=${older}`} variant="default">
            Older entries
          </Button>
        </Group>
      ) : null}
    </>
  );
}
