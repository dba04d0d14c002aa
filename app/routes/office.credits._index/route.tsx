import { Anchor, Button, Group, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { type CreditsOfClient, listCredits } from '#app/domain/billing/list-credits.server.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Credits } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

const HELP = {
  text: 'Packages that families have, what is booked and used of them, and when they expire. Below zero is marked.',
  about: 'office/credits',
} as const;

export const meta: MetaFunction = () => [{ title: 'Credits · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, plugins } = args.context;
  const [rows, settings] = await Promise.all([listCredits(db, plugins, { everybody: true }), getMoneySettings(db)]);
  const asked = new URL(args.request.url).searchParams.get('state');
  const families = rows.map((row) => ({ ...row, state: creditState(row, BigInt(settings.low_credits)) }));
  return {
    any: families.length > 0,
    below: families.filter((family) => family.state === 'below').length,
    low: families.filter((family) => family.state === 'low').length,
    asked,
    families: asked === 'below' || asked === 'low' ? families.filter((family) => family.state === asked) : families,
  };
}

function creditState({ available, pays, lowCredits }: CreditsOfClient, usual: bigint): keyof typeof states {
  if (available < 0n) return 'below';
  if (!pays) return 'other';
  return available < (lowCredits ?? usual) ? 'low' : 'enough';
}

export default function CreditsOfFamilies() {
  const { families, any, below, low, asked } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Credits"
        description="What each family was granted, has used and booked, and has left."
        actions={
          <>
            {any ? (
              <Button component="a" href="/office/credits.csv" variant="default" download>
                Download CSV
              </Button>
            ) : null}
            <Button component={Link} to="/office/settings/packages" variant="default">
              Packages
            </Button>
          </>
        }
      />
      {any ? (
        <Group gap="xs" mb="md" component="nav" aria-label="Which families">
          <Choice to="/office/credits" label="All" on={asked !== 'below' && asked !== 'low'} />
          <Choice to="?state=below" label={`Below zero (${below})`} on={asked === 'below'} />
          <Choice to="?state=low" label={`Nearly used up (${low})`} on={asked === 'low'} />
        </Group>
      ) : null}
      {any && families.length === 0 ? (
        <Text c="dimmed">No family is {asked === 'below' ? 'below zero' : 'about to run out'}.</Text>
      ) : families.length === 0 ? (
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
              cell: (family) => <State state={family.state} />,
            },
          ]}
        />
      )}
    </>
  );
}

function Choice({ to, label, on }: { to: string; label: string; on: boolean }) {
  return (
    <Button
      component={Link}
      to={to}
      size="compact-sm"
      variant={on ? 'filled' : 'default'}
      {...(on ? { 'aria-current': 'page' as const } : {})}
    >
      {label}
    </Button>
  );
}

const states = {
  below: <StatusBadge label="Below zero" tone="bad" />,
  low: <StatusBadge label="Nearly used up" tone="attention" />,
  enough: <StatusBadge label="Enough" tone="good" />,
  other: <StatusBadge label="Pays otherwise" tone="neutral" />,
};

const State = ({ state }: { state: keyof typeof states }) => states[state];
