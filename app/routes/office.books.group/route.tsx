import { Anchor, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listAccountsOf } from '#app/domain/books/books-queries.server.ts';
import { groupLabel } from '#app/domain/books/opens.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Amount } from '../books-pages/amount.tsx';
import { periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${groupLabel(data?.group ?? '')} · Books · Lectern` }];

const SHOWN = 300;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const params = new URL(args.request.url).searchParams;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { shown, period, errors } = readPeriod(params, today);
  const group = params.get('group') ?? '';
  const accounts = period ? await listAccountsOf(db, { group, ...period, limit: SHOWN + 1 }) : [];
  return { group, accounts: accounts.slice(0, SHOWN), more: accounts.length > SHOWN, shown, errors, presets: presetsOf(today) };
}

export default function BookedGroupPage() {
  const { group, accounts, more, shown, errors, presets } = useLoaderData<typeof loader>();
  const books = `/office/books?${periodQuery(shown)}`;
  return (
    <>
      <PageHeader title={groupLabel(group)} description={group} back={{ to: books, label: 'Books' }} />
      <PeriodChoice path="/office/books/group" shown={shown} presets={presets} errors={errors} keep={{ group }} />
      {accounts.length === 0 ? (
        <EmptyState
          title="No account here"
          text="There is no account of this name."
          action={{ to: books, label: 'All of the books' }}
        />
      ) : (
        <DataTable
          caption={`Accounts of ${group}`}
          rows={accounts}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'account',
              header: 'Account',
              primary: true,
              cell: (row) => (
                <Anchor component={Link} to={`/office/books/accounts/${row.id}`} size="sm" fw={500}>
                  {row.name ?? row.code}
                </Anchor>
              ),
            },
            { key: 'code', header: 'Name in the books', cell: (row) => row.code, wideOnly: true },
            {
              key: 'moved',
              header: 'In these days',
              align: 'right',
              cell: (row) => <Amount kind={row.kind} commodity={row.commodity} value={row.moved} />,
            },
            {
              key: 'balance',
              header: 'At their end',
              align: 'right',
              cell: (row) => <Amount kind={row.kind} commodity={row.commodity} value={row.balance} />,
            },
          ]}
        />
      )}
      {more ? (
        <Text size="sm" c="dimmed" mt="sm">
          The first {SHOWN} are shown; all of them are in the journal.
        </Text>
      ) : null}
    </>
  );
}
