import { Anchor } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Credits } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

export const meta: MetaFunction = () => [{ title: 'Credits · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  return { families: await listCredits(args.context.db, args.context.plugins, { everybody: true }) };
}

export default function CreditsOfFamilies() {
  const { families } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Credits" description="What each family was granted, has used and booked, and has left." />
      {families.length === 0 ? (
        <EmptyState
          title="No family pays with credits"
          text="A family in billing mode credits buys packages and books with them. Choose the mode on the client’s page, then sell a package here."
          action={{ to: '/office/clients', label: 'Show the clients' }}
        />
      ) : (
        <DataTable
          caption="Credits by family"
          rows={families}
          rowKey={(family) => family.clientId}
          columns={[
            {
              key: 'family',
              header: 'Family',
              primary: true,
              cell: (family) => (
                <Anchor component={Link} to={`/office/credits/${family.clientId}`} size="sm" fw={500}>
                  {family.clientName}
                </Anchor>
              ),
            },
            { key: 'granted', header: 'Granted', align: 'right', cell: (family) => <Credits value={family.granted} /> },
            { key: 'used', header: 'Used', align: 'right', cell: (family) => <Credits value={family.used} /> },
            { key: 'booked', header: 'Booked', align: 'right', cell: (family) => <Credits value={family.booked} /> },
            {
              key: 'expired',
              header: 'Expired',
              align: 'right',
              cell: (family) => <Credits value={family.expired} />,
              wideOnly: true,
            },
            { key: 'available', header: 'Available', align: 'right', cell: (family) => <Credits value={family.available} /> },
            {
              key: 'state',
              header: 'State',
              cell: (family) =>
                family.available < 0n ? (
                  <StatusBadge label="Below zero" tone="bad" />
                ) : family.available < 200n ? (
                  <StatusBadge label="Nearly used up" tone="attention" />
                ) : (
                  <StatusBadge label="Enough" tone="good" />
                ),
            },
          ]}
        />
      )}
    </>
  );
}
