import { Anchor, Group, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { PAYMENT_METHODS, paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { listOpenBalances, listPayments } from '#app/domain/billing/payment-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction = () => [{ title: 'Payments · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const [payments, balances, clients] = await Promise.all([listPayments(db), listOpenBalances(db), listClientChoices(db)]);
  const family = new URL(args.request.url).searchParams.get('family') ?? '';
  return {
    payments,
    balances,
    clients: clients.map(({ id, name }) => ({ id, name })),
    family,
    today: localDateOf(clock(), timezone),
    currency,
    formId: crypto.randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const form = await request.formData();
  const { currency } = await getOrganisation(context.db);
  const amount = moneyOf(form, 'amount', currencyDigits(currency));
  const clientId = textOf(form, 'clientId');
  const errors: Record<string, string> = {};
  if (!isId(clientId)) errors.clientId = 'Choose a family.';
  if (amount === undefined || amount <= 0n) errors.amount = 'Enter an amount above 0, such as 120.00.';
  if (amount === undefined || Object.keys(errors).length > 0) return refusal(errors, form);
  const id = textOf(form, 'id');
  try {
    await recordPayment(context.db, context, actorOf(user, context), {
      ...(isId(id) ? { id } : {}),
      clientId,
      amount,
      receivedOn: textOf(form, 'receivedOn'),
      method: textOf(form, 'method'),
      reference: textOf(form, 'reference').slice(0, 200),
    });
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect('/office/payments');
}

export default function Payments() {
  const { payments, balances, clients, family, today, currency, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const value = (name: string, otherwise = '') => answer?.values[name] ?? otherwise;
  if (clients.length === 0) {
    return (
      <>
        <PageHeader title="Payments" />
        <EmptyState
          title="No families yet"
          text="Payments that families make are written down here, and go to their oldest open invoice first."
          action={{ to: '/office/clients/new', label: 'Add a client' }}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Payments"
        description="A payment goes to the oldest open invoice of its family first; what is left waits for the next invoice."
      />
      <Stack gap="xl">
        <Paper withBorder p="md" className="no-print">
          <Form method="post" ref={form} noValidate key={formId}>
            <Stack gap="sm">
              <Title order={2}>Record a payment</Title>
              <ErrorSummary message={answer?.message} errors={answer?.errors} />
              <input type="hidden" name="id" value={value('id', formId)} />
              <Group gap="sm" align="flex-start">
                <NativeSelect
                  id="clientId"
                  name="clientId"
                  label="Family"
                  defaultValue={value('clientId', family)}
                  error={answer?.errors.clientId}
                >
                  <option value="">Choose a family</option>
                  {clients.map((client) => (
                    <option key={client.id} value={client.id}>
                      {client.name}
                    </option>
                  ))}
                </NativeSelect>
                <TextInput
                  id="amount"
                  name="amount"
                  label={`Amount (${currency})`}
                  inputMode="decimal"
                  defaultValue={value('amount')}
                  error={answer?.errors.amount}
                />
                <TextInput
                  id="receivedOn"
                  name="receivedOn"
                  type="date"
                  label="Received on"
                  defaultValue={value('receivedOn', today)}
                  error={answer?.errors.receivedOn}
                />
                <NativeSelect
                  id="method"
                  name="method"
                  label="Paid by"
                  data={[...PAYMENT_METHODS]}
                  defaultValue={value('method', 'transfer')}
                  error={answer?.errors.method}
                />
                <TextInput id="reference" name="reference" label="Reference" maxLength={200} defaultValue={value('reference')} />
              </Group>
              <SubmitButton style={{ alignSelf: 'flex-start' }}>Record the payment</SubmitButton>
            </Stack>
          </Form>
        </Paper>
        {balances.length === 0 ? null : (
          <section aria-labelledby="balances">
            <Title order={2} id="balances" mb="xs">
              Balances
            </Title>
            <DataTable
              caption="Families that owe something or have paid ahead"
              rows={balances}
              rowKey={(row) => row.clientId}
              columns={[
                {
                  key: 'family',
                  header: 'Family',
                  primary: true,
                  cell: (row) => <FamilyLink id={row.clientId} name={row.clientName} />,
                },
                {
                  key: 'owed',
                  header: 'Owed',
                  align: 'right',
                  cell: (row) => (row.owed > 0n ? <Money value={row.owed} /> : '–'),
                },
                {
                  key: 'unapplied',
                  header: 'Paid ahead',
                  align: 'right',
                  cell: (row) => (row.unapplied === 0n ? '–' : <Money value={row.unapplied} />),
                },
                { key: 'due', header: 'Oldest due', cell: (row) => <LocalDate value={row.oldestDueOn} /> },
              ]}
            />
          </section>
        )}
        <section aria-labelledby="received">
          <Title order={2} id="received" mb="xs">
            Received
          </Title>
          {payments.length === 0 ? (
            <p>No payment was recorded yet.</p>
          ) : (
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
                  cell: (payment) => <FamilyLink id={payment.clientId} name={payment.clientName} />,
                },
                {
                  key: 'how',
                  header: 'By',
                  cell: (payment) => [paymentMethodLabel(payment.method), payment.reference].filter(Boolean).join(', '),
                },
                { key: 'amount', header: 'Amount', align: 'right', cell: (payment) => <Money value={payment.amount} /> },
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
                  key: 'unapplied',
                  header: 'Unapplied',
                  align: 'right',
                  cell: (payment) => (payment.unapplied === 0n ? '–' : <Money value={payment.unapplied} />),
                },
              ]}
            />
          )}
        </section>
      </Stack>
    </>
  );
}

function FamilyLink({ id, name }: { id: string; name: string }) {
  return (
    <Anchor component={Link} to={`/office/clients/${id}`} size="sm" fw={500}>
      {name}
    </Anchor>
  );
}
