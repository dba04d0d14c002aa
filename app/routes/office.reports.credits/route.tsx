import { Anchor, Group } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listCreditsOutstanding } from '#app/domain/reports/credits-outstanding.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Credits, Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Figures } from '../report-pages/figures.tsx';
import { ReportFrame } from '../report-pages/report-frame.tsx';

export const meta: MetaFunction = () => [{ title: 'Credits outstanding · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'reports.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  return { families: await listCreditsOutstanding(db, today) };
}

export default function CreditsReport() {
  const { families } = useLoaderData<typeof loader>();
  type Family = (typeof families)[number];
  const sum = (of: (family: Family) => bigint) => families.reduce((total, family) => total + of(family), 0n);
  const below = families.filter((family) => family.available < 0n);
  const left = sum((family) => (family.available > 0n ? family.available : 0n));
  return (
    <ReportFrame id="credits" query="">
      {families.length === 0 ? (
        <EmptyState
          title="No credits are outstanding"
          text="Families who buy packages are listed here with what they still have to be taught."
          action={{ to: '/office/credits', label: 'Sell a package' }}
        />
      ) : (
        <>
          <Figures
            against={undefined}
            figures={[
              { label: 'Available', value: <Credits value={left} />, note: `${families.length} families` },
              { label: 'Booked', value: <Credits value={sum((family) => family.booked)} /> },
              { label: 'Worth', value: <Money value={sum((family) => family.worth)} />, note: 'of what is available' },
              { label: 'Ends within 30 days', value: <Credits value={sum((family) => family.expiring)} /> },
              {
                label: 'Below zero',
                value: below.length,
                note: <Credits value={sum((family) => (family.available < 0n ? family.available : 0n))} />,
              },
            ]}
          />
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
                  <Group gap="xs">
                    <Anchor component={Link} to={`/office/credits/${family.clientId}`} size="sm" fw={500}>
                      {family.clientName}
                    </Anchor>
                    {family.available < 0n ? <StatusBadge label="Below zero" tone="bad" /> : null}
                  </Group>
                ),
              },
              { key: 'available', header: 'Available', align: 'right', cell: (family) => <Credits value={family.available} /> },
              { key: 'booked', header: 'Booked', align: 'right', cell: (family) => <Credits value={family.booked} /> },
              { key: 'worth', header: 'Worth', align: 'right', cell: (family) => <Money value={family.worth} /> },
              {
                key: 'expiring',
                header: 'Ends in 30 days',
                align: 'right',
                cell: (family) => <Credits value={family.expiring} />,
              },
              {
                key: 'ends',
                header: 'Next end',
                cell: (family) => (family.expiresOn ? <LocalDate value={family.expiresOn} /> : null),
              },
            ]}
            footer={[
              'Total',
              <Credits key="available" value={sum((family) => family.available)} />,
              <Credits key="booked" value={sum((family) => family.booked)} />,
              <Money key="worth" value={sum((family) => family.worth)} />,
              <Credits key="expiring" value={sum((family) => family.expiring)} />,
              null,
            ]}
          />
        </>
      )}
    </ReportFrame>
  );
}
