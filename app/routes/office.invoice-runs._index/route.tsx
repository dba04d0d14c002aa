import { Alert, Anchor, Button, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listInvoiceRuns } from '#app/domain/billing/invoice-run-queries.server.ts';
import { listOpenProposals } from '#app/domain/billing/proposal-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { dayBefore } from '../money-pages/period.ts';

export const meta: MetaFunction = () => [{ title: 'Invoice runs · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db } = args.context;
  const [runs, proposals] = await Promise.all([listInvoiceRuns(db, 200), listOpenProposals(db)]);
  return {
    runs,
    proposals: proposals.map(({ id, periodFrom, periodTo, proposedByName }) => ({ id, periodFrom, periodTo, proposedByName })),
  };
}

const begin = { to: '/office/invoice-runs/new', label: 'New invoice run' };

export default function InvoiceRuns() {
  const { runs, proposals } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Invoice runs"
        back={{ to: '/office/invoices', label: 'Invoices' }}
        actions={
          <>
            <Button component={Link} to="/office/invoice-runs/schedules" variant="default">
              Schedules
            </Button>
            <Button component={Link} to={begin.to}>
              {begin.label}
            </Button>
          </>
        }
      />
      {proposals.map((one) => (
        <Alert key={one.id} color="yellow" variant="light" mb="md">
          <Anchor component={Link} to={`/office/invoice-runs/proposals/${one.id}`} size="sm" underline="always">
            Invoices of <LocalDate value={one.periodFrom} /> to <LocalDate value={dayBefore(one.periodTo)} />
          </Anchor>{' '}
          wait for a second person{one.proposedByName ? `, put together by ${one.proposedByName}` : ''}.
        </Alert>
      ))}
      {runs.length === 0 ? (
        <EmptyState
          title="No invoice run yet"
          text="A run bills the settled sessions and sold packages of a period, one invoice per family."
          action={begin}
        />
      ) : (
        <DataTable
          caption="Invoice runs"
          rows={runs}
          rowKey={(run) => run.id}
          columns={[
            {
              key: 'period',
              header: 'Period',
              primary: true,
              cell: (run) => (
                <Anchor component={Link} to={`/office/invoice-runs/${run.id}`} size="sm" fw={500}>
                  <LocalDate value={run.periodFrom} /> – <LocalDate value={dayBefore(run.periodTo)} />
                  {run.scopeText ? (
                    <Text span size="xs" c="dimmed" display="block" fw={400}>
                      {run.scopeText}
                    </Text>
                  ) : null}
                </Anchor>
              ),
            },
            { key: 'invoices', header: 'Invoices', align: 'right', cell: (run) => `${run.issued} of ${run.families}` },
            { key: 'total', header: 'Total', align: 'right', cell: (run) => <Money value={run.total} /> },
            { key: 'confirmed', header: 'Confirmed', cell: (run) => <DateTime value={run.confirmedAt} />, wideOnly: true },
            { key: 'by', header: 'By', cell: (run) => run.confirmedByName ?? '–', wideOnly: true },
            {
              key: 'state',
              header: 'State',
              cell: (run) =>
                run.status === 'issued' ? (
                  <StatusBadge label="Issued" tone="good" />
                ) : run.stoppedBecause ? (
                  <StatusBadge label="Stopped" tone="bad" />
                ) : (
                  <StatusBadge label="Issuing" tone="live" />
                ),
            },
          ]}
        />
      )}
    </>
  );
}
