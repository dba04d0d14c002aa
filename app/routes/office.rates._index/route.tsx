import { Anchor, Button, Stack, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import { listRates, type RateRow } from '#app/domain/billing/rate-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { rateChoices } from '../record-forms/rate-choices.server.ts';
import { RateAmount, rateScopeText } from '../record-forms/rate-words.tsx';
import { rateQuery, readRateFilter } from './filter.server.ts';
import { RateFilterForm } from './rate-filter-form.tsx';
import { type GridRow, gridOf } from './rate-grid.ts';

const HELP = {
  text: 'What an hour costs and what it pays, from which day on. The row that says most about a session wins; what was charged before stays.',
  about: 'office/pay',
} as const;

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

export default function Rates() {
  const { rates, any, filter, today, choices, seesPay, mayManage } = useLoaderData<typeof loader>();
  const add = { to: '/office/rates/new', label: 'Add a rate' };
  return (
    <>
      <PageHeader
        help={HELP}
        title="Rates"
        description={`What a client is charged${seesPay ? ' and what a tutor is paid' : ''}. Of several that fit a session, the most particular holds: for a student before for a tutor, then subject, then program.`}
        actions={
          mayManage ? (
            <>
              <Button component={Link} to="/office/rates/cost" variant="default">
                What would a session cost?
              </Button>
              <Button component={Link} to="/office/rates/change" variant="default">
                Change together
              </Button>
              <Button component={Link} to={add.to}>
                {add.label}
              </Button>
            </>
          ) : (
            <Button component={Link} to="/office/rates/cost" variant="default">
              What would a session cost?
            </Button>
          )
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
              caption="Rates by whom they are for, and when they hold"
              rows={gridOf(rates, today)}
              rowKey={(row) => row.key}
              columns={[
                { key: 'scope', header: 'For', primary: true, cell: (row) => <strong>{rateScopeText(row.scope)}</strong> },
                {
                  key: 'side',
                  header: 'Side',
                  cell: (row) => (row.side === 'charge' ? 'Client is charged' : 'Tutor is paid'),
                },
                ...(filter.past
                  ? [
                      {
                        key: 'past',
                        header: 'Held',
                        cell: (row: GridRow) => (row.past.length > 0 ? <Segments rates={row.past} mayManage={mayManage} /> : ''),
                      },
                    ]
                  : []),
                {
                  key: 'now',
                  header: 'Holds today',
                  cell: (row) =>
                    row.holds ? (
                      <Segments rates={[row.holds]} mayManage={mayManage} />
                    ) : (
                      <Text span size="sm" c="dimmed">
                        None
                      </Text>
                    ),
                },
                {
                  key: 'coming',
                  header: 'To come',
                  cell: (row) => (row.coming.length > 0 ? <Segments rates={row.coming} mayManage={mayManage} /> : ''),
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

/** Amounts with the days they hold; each opens its rate. */
function Segments({ rates, mayManage }: { rates: readonly RateRow[]; mayManage: boolean }) {
  return (
    <Stack gap={4}>
      {rates.map((rate) => (
        <span key={rate.id}>
          {mayManage ? (
            <Anchor component={Link} to={`/office/rates/${rate.id}`} size="sm" fw={500}>
              <RateAmount rate={rate} />
            </Anchor>
          ) : (
            <RateAmount rate={rate} />
          )}
          <Text size="xs" c="dimmed">
            from <LocalDate value={rate.validFrom} />
            {rate.validTo ? (
              <>
                {' '}
                until <LocalDate value={rate.validTo} />
              </>
            ) : null}
          </Text>
        </span>
      ))}
    </Stack>
  );
}
