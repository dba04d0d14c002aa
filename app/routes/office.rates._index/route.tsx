import { Anchor, Button, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import { listRates } from '#app/domain/billing/rate-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { rateChoices } from '../record-forms/rate-choices.server.ts';
import { RateAmount } from '../record-forms/rate-words.tsx';
import { rateQuery, readRateFilter } from './filter.server.ts';
import { RateFilterForm } from './rate-filter-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Rates · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'rates.charge.read');
  const { db, clock } = args.context;
  const mayRead: RateSide[] = can(user, 'rates.pay.read') ? ['charge', 'pay'] : ['charge'];
  const filter = readRateFilter(new URL(args.request.url).searchParams);
  const { timezone } = await getOrganisation(db);
  const today = localDateOf(clock(), timezone);
  const [rates, any, choices] = await Promise.all([
    listRates(db, rateQuery(filter, mayRead, today)),
    listRates(db, { sides: mayRead }),
    rateChoices(db, filter),
  ]);
  return {
    rates,
    any: any.length > 0,
    filter,
    today,
    choices,
    seesPay: mayRead.includes('pay'),
    mayManage: can(user, 'rates.manage'),
  };
}

const all = (
  <Text span c="dimmed" size="sm">
    Any
  </Text>
);

export default function Rates() {
  const { rates, any, filter, today, choices, seesPay, mayManage } = useLoaderData<typeof loader>();
  const add = { to: '/office/rates/new', label: 'Add a rate' };
  return (
    <>
      <PageHeader
        title="Rates"
        description={`What an hour costs a client${seesPay ? ' and what a tutor is paid for it' : ''}. Of several that fit a session, the most particular holds: for a student before for a tutor, then subject, then program.`}
        actions={
          mayManage ? (
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          ) : undefined
        }
      />
      {any ? (
        <>
          <RateFilterForm filter={filter} choices={choices} seesPay={seesPay} />
          {rates.length === 0 ? (
            <Text c="dimmed" py="md">
              No rates match. <Link to="/office/rates">Show all that hold</Link>
            </Text>
          ) : (
            <DataTable
              caption="Rates"
              rows={rates}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'side',
                  header: 'For',
                  primary: true,
                  cell: (row) => {
                    const name = row.side === 'charge' ? 'Client is charged' : 'Tutor is paid';
                    return mayManage ? (
                      <Anchor
                        component={Link}
                        to={`/office/rates/${row.id}`}
                        size="sm"
                        fw={500}
                        aria-label={`${name}: change or end this rate`}
                      >
                        {name}
                      </Anchor>
                    ) : (
                      name
                    );
                  },
                },
                { key: 'program', header: 'Program', cell: (row) => row.program ?? all },
                { key: 'subject', header: 'Subject', cell: (row) => row.subject ?? all },
                { key: 'tutor', header: 'Tutor', cell: (row) => row.tutor ?? all },
                { key: 'student', header: 'Student', cell: (row) => row.student ?? all },
                { key: 'amount', header: 'Amount', align: 'right', cell: (row) => <RateAmount rate={row} /> },
                { key: 'from', header: 'From', cell: (row) => <LocalDate value={row.validFrom} /> },
                {
                  key: 'to',
                  header: 'Until, not including',
                  cell: (row) => (row.validTo ? <LocalDate value={row.validTo} /> : 'No end'),
                },
                {
                  key: 'state',
                  header: 'State',
                  cell: (row) => <RateState from={row.validFrom} to={row.validTo} today={today} />,
                },
              ]}
            />
          )}
        </>
      ) : (
        <EmptyState
          title="No rates yet"
          text="A session without a rate can be neither invoiced nor paid. Begin with one for all: what an hour costs a client."
          action={mayManage ? add : undefined}
        />
      )}
    </>
  );
}

function RateState({ from, to, today }: { from: string; to: string | null; today: string }) {
  if (to !== null && to <= today) return <StatusBadge label="Ended" tone="quiet" />;
  return from > today ? <StatusBadge label="To come" tone="neutral" /> : <StatusBadge label="Holds" tone="good" />;
}
