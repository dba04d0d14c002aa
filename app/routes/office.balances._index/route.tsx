import { Anchor, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listOpenBalances } from '#app/domain/billing/payment-queries.server.ts';
import { sendStatements } from '#app/domain/billing/send-statements.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { fits, isOverdue, readBalanceFilter } from '../balance-pages/balance-filter.ts';
import { dayAfter, monthOf } from '../money-pages/period.ts';
import { refusalOf } from '../money-pages/refusal.server.ts';

const HELP = {
  text: 'What each family owes or is owed, as of a day. A statement lists how it came about.',
  about: 'office/invoices',
} as const;

export const meta: MetaFunction = () => [{ title: 'Balances · Lectern' }];

const PAGE = 100;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const filter = readBalanceFilter(new URL(args.request.url).searchParams);
  const balances = await listOpenBalances(db);
  const shown = balances.filter((one) => fits(one, filter, today));
  const sum = (pick: 'owed' | 'unapplied' | 'unbilled') => shown.reduce((total, one) => total + one[pick], 0n);
  return {
    families: shown.slice((filter.page - 1) * PAGE, filter.page * PAGE),
    count: shown.length,
    sums: { owed: sum('owed'), unapplied: sum('unapplied'), unbilled: sum('unbilled') },
    none: balances.length === 0,
    month: monthOf(today, -1),
    filter,
    today,
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const form = await request.formData();
  const month = monthOf(localDateOf(context.clock(), (await getOrganisation(context.db)).timezone), -1);
  try {
    const period = { from: month.from, to: dayAfter(month.until) };
    return { told: await sendStatements(context.db, context, actorOf(user, context), period) };
  } catch (error) {
    return refusalOf(error, form);
  }
}

export default function Balances() {
  const { families, count, sums, none, month, filter, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const told = answer && 'told' in answer ? answer.told : undefined;
  const query = (page: number) => `?${new URLSearchParams({ show: filter.show, q: filter.q, page: String(page) })}`;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Balances"
        description="What each family owes or has paid ahead. A family opens its statement: every document and payment behind the number."
        actions={
          none ? null : (
            <>
              <Button component="a" href={`/office/balances.csv${query(1)}`} variant="default">
                CSV
              </Button>
              <ConfirmButton
                label="Mail statements"
                consequence={
                  <>
                    Every family that owes something or had anything happen from <LocalDate value={month.from} /> to{' '}
                    <LocalDate value={month.until} /> gets its statement of these days as a PDF. Pressed again today, nobody gets
                    it twice.
                  </>
                }
                confirm="Mail the statements"
              />
            </>
          )
        }
      />
      {told ? (
        <Text size="sm" mb="md" role="status">
          {told.sent === 0
            ? 'Nobody was mailed: they were told today already, or nobody has an address.'
            : `${told.sent} mailed.`}
          {told.silent.length > 0
            ? ` Without a mail address: ${told.silent.slice(0, 5).join(', ')}${told.silent.length > 5 ? ', …' : ''}.`
            : ''}
        </Text>
      ) : null}
      {none ? (
        <EmptyState
          title="Nobody owes anything"
          text="Families stand here as soon as an invoice is open or somebody has paid ahead."
          action={{ to: '/office/invoice-runs/new', label: 'New invoice run' }}
        />
      ) : (
        <>
          <Form method="get" role="search">
            <Group gap="xs" align="flex-end" mb="sm">
              <TextInput key={filter.q} name="q" label="Family" defaultValue={filter.q} />
              <NativeSelect key={filter.show} name="show" label="Show" defaultValue={filter.show}>
                <option value="all">Everybody with a balance</option>
                <option value="owing">Who owes</option>
                <option value="overdue">Who is overdue</option>
                <option value="ahead">Who has paid ahead</option>
              </NativeSelect>
              <Button type="submit" variant="default">
                Show
              </Button>
            </Group>
          </Form>
          {families.length === 0 ? (
            <Text c="dimmed" py="md">
              No family fits these filters. <Link to="/office/balances">Show everybody with a balance</Link>
            </Text>
          ) : (
            <DataTable
              caption="Balances of families"
              rows={families}
              rowKey={(one) => one.clientId}
              columns={[
                {
                  key: 'family',
                  header: 'Family',
                  primary: true,
                  cell: (one) => (
                    <Anchor component={Link} to={`/office/balances/${one.clientId}`} size="sm" fw={500}>
                      {one.clientName}
                    </Anchor>
                  ),
                },
                { key: 'owed', header: 'Owed', align: 'right', cell: (one) => <Money value={one.owed} /> },
                {
                  key: 'since',
                  header: 'Open since due on',
                  cell: (one) => (one.oldestDueOn ? <LocalDate value={one.oldestDueOn} /> : '–'),
                },
                {
                  key: 'unapplied',
                  header: 'Paid ahead',
                  align: 'right',
                  wideOnly: true,
                  cell: (one) => <Money value={one.unapplied} />,
                },
                {
                  key: 'unbilled',
                  header: 'Not invoiced yet',
                  align: 'right',
                  wideOnly: true,
                  cell: (one) => <Money value={one.unbilled} />,
                },
                {
                  key: 'state',
                  header: 'State',
                  cell: (one) =>
                    isOverdue(one, today) ? (
                      <StatusBadge label="Overdue" tone="bad" />
                    ) : one.owed > 0n ? (
                      <StatusBadge label="Open" tone="neutral" />
                    ) : (
                      <StatusBadge label="Paid ahead" tone="good" />
                    ),
                },
              ]}
              footer={[
                `${count} ${count === 1 ? 'family' : 'families'}`,
                <Money key="owed" value={sums.owed} />,
                null,
                <Money key="unapplied" value={sums.unapplied} />,
                <Money key="unbilled" value={sums.unbilled} />,
                null,
              ]}
            />
          )}
          {count > PAGE ? (
            <Group gap="md" mt="sm">
              {filter.page > 1 ? (
                <Anchor component={Link} to={query(filter.page - 1)} size="sm">
                  Before
                </Anchor>
              ) : null}
              {filter.page * PAGE < count ? (
                <Anchor component={Link} to={query(filter.page + 1)} size="sm">
                  More
                </Anchor>
              ) : null}
            </Group>
          ) : null}
        </>
      )}
    </>
  );
}
