import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { isPaymentMethod, PAYMENT_METHODS, paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { listPayments } from '#app/domain/billing/payment-queries.server.ts';
import { listCollections } from '#app/domain/payments/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { NewerOlder } from '../money-pages/newer-older.tsx';
import { ChargesTable } from '../payment-pages/charges-table.tsx';

const HELP = {
  text: 'Money that came in, and which invoices it pays. What is left over stays on the family’s account.',
  about: 'office/invoices',
} as const;

export const meta: MetaFunction = () => [{ title: 'Payments · Lectern' }];

const PAGE = 100;

const STATES = [
  { value: '', label: 'All' },
  { value: 'unapplied', label: 'With unapplied money' },
  { value: 'back', label: 'Given or taken back' },
];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const search = new URL(args.request.url).searchParams;
  const method = search.get('method') ?? '';
  const state = search.get('state');
  const filter = {
    q: (search.get('q') ?? '').trim().slice(0, 100),
    method: isPaymentMethod(method) ? method : '',
    state: state === 'unapplied' || state === 'back' ? (state as 'unapplied' | 'back') : ('' as const),
    page: Math.max(1, Math.min(1_000, Math.trunc(Number(search.get('page'))) || 1)),
  };
  const [payments, coming, failed] = await Promise.all([
    listPayments(db, { ...filter, limit: PAGE + 1, offset: (filter.page - 1) * PAGE }),
    listCollections(db, { statuses: ['scheduled'], limit: 50 }),
    listCollections(db, { statuses: ['failed'], way: 'saved_card', limit: 20 }),
  ]);
  const recently = new Date(clock().getTime() - 30 * 86_400_000);
  return {
    payments: payments.slice(0, PAGE),
    more: payments.length > PAGE,
    coming,
    failed: failed.filter((one) => (one.chargeAt ?? one.createdAt) > recently),
    filter,
  };
}

const record = { to: '/office/payments/new', label: 'Record a payment' };

export default function Payments() {
  const { payments, more, coming, failed, filter } = useLoaderData<typeof loader>();
  const { q, method, state, page } = filter;
  const filtered = q !== '' || method !== '' || state !== '' || page > 1;
  const urlOf = (to: number) => `/office/payments?${new URLSearchParams({ q, method, state, page: String(to) })}`;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Payments"
        description="What came in. Each goes where it was meant, then to the oldest open invoice of its family; what is left waits for the next."
        actions={
          <>
            <Button component={Link} to="/office/balances" variant="default">
              Balances
            </Button>
            <Button component={Link} to={record.to}>
              {record.label}
            </Button>
          </>
        }
      />
      <Stack gap="xl">
        {failed.length === 0 ? null : (
          <section aria-labelledby="failed">
            <Title order={2} id="failed" mb={4}>
              Cards that were refused
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              In the last 30 days. Each family was told, with a link to pay in another way.
            </Text>
            <ChargesTable caption="Charges that failed" charges={failed} />
          </section>
        )}
        {coming.length === 0 ? null : (
          <section aria-labelledby="coming">
            <Title order={2} id="coming" mb="xs">
              Going to be taken from saved cards
            </Title>
            <ChargesTable caption="Charges to come" charges={coming} />
          </section>
        )}
        <section aria-labelledby="received">
          <Title order={2} id="received" mb="xs">
            Received
          </Title>
          {payments.length === 0 && !filtered ? (
            <EmptyState
              title="No payments yet"
              text="What families pay stands here: what you record by hand, and what comes in by card once a payment provider is set up."
              action={record}
            />
          ) : (
            <>
              <Form method="get" key={`${q} ${method} ${state}`}>
                <Group gap="sm" mb="sm" align="flex-end">
                  <TextInput name="q" size="xs" label="Family or reference" defaultValue={q} />
                  <NativeSelect
                    name="method"
                    size="xs"
                    label="Paid by"
                    defaultValue={method}
                    data={[{ value: '', label: 'Any' }, ...PAYMENT_METHODS]}
                  />
                  <NativeSelect name="state" size="xs" label="Show" defaultValue={state} data={STATES} />
                  <Button type="submit" size="xs" variant="default">
                    Filter
                  </Button>
                </Group>
              </Form>
              {payments.length === 0 ? (
                <Text c="dimmed" py="md">
                  No payment fits these filters. <Link to="/office/payments">Show all of them</Link>
                </Text>
              ) : (
                <PaymentsTable payments={payments} />
              )}
              <NewerOlder of="payments" page={page} more={more} to={urlOf} />
            </>
          )}
        </section>
      </Stack>
    </>
  );
}

function PaymentsTable({ payments }: { payments: ReturnType<typeof useLoaderData<typeof loader>>['payments'] }) {
  return (
    <DataTable
      caption="Payments, newest first"
      rows={payments}
      rowKey={(payment) => payment.id}
      columns={[
        { key: 'day', header: 'Received', cell: (payment) => <LocalDate value={payment.receivedOn} /> },
        {
          key: 'family',
          header: 'Family',
          primary: true,
          cell: (payment) => (
            <Anchor component={Link} to={`/office/clients/${payment.clientId}`} size="sm" fw={500}>
              {payment.clientName}
            </Anchor>
          ),
        },
        {
          key: 'how',
          header: 'By',
          cell: (payment) => [paymentMethodLabel(payment.method), payment.reference].filter(Boolean).join(', '),
        },
        {
          key: 'amount',
          header: 'Amount',
          align: 'right',
          cell: (payment) => (
            <Anchor component={Link} to={`/office/payments/${payment.id}`} size="sm">
              <Money value={payment.amount} />
            </Anchor>
          ),
        },
        {
          key: 'for',
          header: 'For',
          cell: (payment) =>
            payment.invoices.length === 0
              ? '–'
              : payment.invoices.map((invoice) => (
                  <Anchor key={invoice.id} component={Link} to={`/office/invoices/${invoice.id}`} size="sm" mr={6}>
                    {invoice.number}
                  </Anchor>
                )),
        },
        {
          key: 'back',
          header: 'Given back',
          align: 'right',
          cell: (payment) => (payment.back === 0n ? '–' : <Money value={payment.back} />),
        },
        {
          key: 'unapplied',
          header: 'Unapplied',
          align: 'right',
          cell: (payment) => (payment.unapplied === 0n ? '–' : <Money value={payment.unapplied} />),
        },
      ]}
    />
  );
}
