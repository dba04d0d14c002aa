import { Anchor, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { listInvoiceRuns } from '#app/domain/billing/invoice-run-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readInvoiceFilter } from '../money-pages/invoice-filter.ts';
import { InvoiceTable } from '../money-pages/invoice-table.tsx';
import { NewerOlder } from '../money-pages/newer-older.tsx';

const HELP = {
  text: 'Every invoice and credit note, by family and state. An issued invoice stays as it is; what changes later is corrected by a credit note.',
  about: 'office/invoices',
} as const;

export const meta: MetaFunction = () => [{ title: 'Invoices · Lectern' }];

const PAGE = 100;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone } = await getOrganisation(db);
  const today = localDateOf(clock(), timezone);
  const filter = readInvoiceFilter(new URL(args.request.url).searchParams);
  const [invoices, runs] = await Promise.all([
    listInvoices(db, { ...filter.query, today, limit: PAGE + 1, offset: (filter.page - 1) * PAGE }),
    listInvoiceRuns(db, 1),
  ]);
  return {
    invoices: invoices.slice(0, PAGE),
    more: invoices.length > PAGE,
    filter,
    today,
    none: runs.length === 0,
    unfinished: runs.find((run) => run.status === 'issuing')?.id ?? null,
  };
}

const begin = { to: '/office/invoice-runs/new', label: 'New invoice run' };

export default function Invoices() {
  const { invoices, more, filter, today, none, unfinished } = useLoaderData<typeof loader>();
  const urlOf = (page: number) =>
    `/office/invoices?${new URLSearchParams({ q: filter.q, state: filter.state, page: String(page) })}`;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Invoices"
        actions={
          <>
            {none ? null : (
              <>
                <Button component={Link} to="/office/invoice-runs" variant="default">
                  Runs
                </Button>
                <Button
                  component={Link}
                  to={`/office/invoices.csv?${new URLSearchParams({ q: filter.q, state: filter.state })}`}
                  reloadDocument
                  variant="default"
                >
                  CSV
                </Button>
              </>
            )}
            <Button component={Link} to={begin.to}>
              {begin.label}
            </Button>
          </>
        }
      />
      {unfinished ? (
        <Text size="sm" mb="md">
          An invoice run is not finished.{' '}
          <Anchor component={Link} to={`/office/invoice-runs/${unfinished}`} size="sm" underline="always">
            See how far it is
          </Anchor>
        </Text>
      ) : null}
      {none ? (
        <EmptyState
          title="No invoices yet"
          text="Invoices follow from what took place: a run bills the settled sessions and sold packages of a period."
          action={begin}
        />
      ) : (
        <>
          <Form method="get" role="search">
            <Group gap="xs" align="flex-end" mb="sm">
              <TextInput
                key={filter.q}
                type="search"
                name="q"
                defaultValue={filter.q}
                aria-label="Search by number or family"
                placeholder="Number or family"
                w={{ base: '100%', xs: 240 }}
              />
              <NativeSelect
                key={filter.state}
                name="state"
                aria-label="Which invoices"
                defaultValue={filter.state}
                data={[
                  { value: '', label: 'All' },
                  { value: 'open', label: 'Open' },
                  { value: 'overdue', label: 'Overdue' },
                  { value: 'paid', label: 'Paid' },
                ]}
              />
              <Button type="submit" variant="default">
                Show
              </Button>
            </Group>
          </Form>
          {invoices.length === 0 ? (
            <Text c="dimmed" py="md">
              No invoice fits these filters. <Link to="/office/invoices">Show all of them</Link>
            </Text>
          ) : (
            <InvoiceTable invoices={invoices} today={today} base="/office/invoices" />
          )}
          <NewerOlder of="invoices" page={filter.page} more={more} to={urlOf} />
        </>
      )}
    </>
  );
}
