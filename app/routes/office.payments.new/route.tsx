import { Button, Checkbox, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { PAYMENT_METHODS } from '#app/domain/billing/payment.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listOpenInvoices } from '#app/domain/payments/queries.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction = () => [{ title: 'Record a payment · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const search = new URL(args.request.url).searchParams;
  const asked = search.get('family') ?? '';
  const clients = await listClientChoices(db);
  const family = clients.find((client) => client.id === asked);
  const invoices = family ? await listOpenInvoices(db, family.id) : [];
  return {
    clients: clients.map(({ id, name }) => ({ id, name })),
    family: family ? { id: family.id, name: family.name } : null,
    invoices: invoices.map((invoice) => ({ ...invoice, openText: formatDecimal(invoice.open, currencyDigits(currency)) })),
    chosen: search.get('invoice') ?? '',
    today: localDateOf(clock(), timezone),
    currency,
    formId: crypto.randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const form = await request.formData();
  const digits = currencyDigits((await getOrganisation(context.db)).currency);
  const amount = moneyOf(form, 'amount', digits);
  const clientId = textOf(form, 'clientId');
  const errors: Record<string, string> = {};
  if (!isId(clientId)) errors.clientId = 'Choose a family.';
  if (amount === undefined || amount <= 0n) errors.amount = 'Enter an amount above 0, such as 120.00.';
  const purposes: { invoiceId: string; amount: bigint }[] = [];
  for (const name of form.keys()) {
    const invoiceId = /^for\.(.+)$/.exec(name)?.[1] ?? '';
    if (!isId(invoiceId) || textOf(form, name) === '') continue;
    const part = moneyOf(form, name, digits);
    if (part === undefined || part < 0n) errors[name] = 'Enter an amount, such as 120.00, or nothing.';
    else if (part > 0n) purposes.push({ invoiceId, amount: part });
  }
  if (amount === undefined || Object.keys(errors).length > 0) return refusal(errors, form);
  const id = textOf(form, 'id');
  let paymentId: string;
  try {
    ({ paymentId } = await recordPayment(context.db, context, actorOf(user, context), {
      ...(isId(id) ? { id } : {}),
      clientId,
      amount,
      receivedOn: textOf(form, 'receivedOn'),
      method: textOf(form, 'method'),
      reference: textOf(form, 'reference').slice(0, 200),
      purposes,
      receipt: form.get('receipt') === 'on',
    }));
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/payments/${paymentId}`);
}

export default function NewPayment() {
  const { clients, family, invoices, chosen, today, currency, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const value = (name: string, otherwise = '') => answer?.values[name] ?? otherwise;
  const back = { to: '/office/payments', label: 'Payments' };
  if (clients.length === 0) {
    return (
      <>
        <PageHeader title="Record a payment" back={back} />
        <EmptyState
          title="No families yet"
          text="A payment is of a family."
          action={{ to: '/office/clients/new', label: 'Add a client' }}
        />
      </>
    );
  }
  const first = invoices.find((invoice) => invoice.id === chosen);
  return (
    <>
      <PageHeader
        title="Record a payment"
        back={back}
        description="What was paid by transfer, cash, cheque or otherwise. It goes where you say, and what is left of it to the oldest open invoice; what no invoice takes waits for the next one."
      />
      <Stack gap="lg" maw={720}>
        <Form method="get">
          <Group align="flex-end" gap="sm">
            <NativeSelect key={family?.id ?? ''} name="family" label="Family" defaultValue={family?.id ?? ''}>
              <option value="">Choose a family</option>
              {clients.map((client) => (
                <option key={client.id} value={client.id}>
                  {client.name}
                </option>
              ))}
            </NativeSelect>
            <Button type="submit" variant={family ? 'default' : 'filled'}>
              {family ? 'Change' : 'Go on'}
            </Button>
          </Group>
        </Form>
        {family ? (
          <Paper withBorder p="md" radius="md">
            <Form method="post" ref={form} noValidate key={family.id}>
              <Stack gap="md">
                <ErrorSummary
                  message={answer?.message}
                  errors={answer?.errors}
                  labels={Object.fromEntries(invoices.map((invoice) => [`for.${invoice.id}`, invoice.number]))}
                />
                <input type="hidden" name="id" value={value('id', formId)} />
                <input type="hidden" name="clientId" value={family.id} />
                <Group gap="sm" align="flex-start">
                  <TextInput
                    id="amount"
                    name="amount"
                    label={`Amount (${currency})`}
                    inputMode="decimal"
                    defaultValue={value('amount', first?.openText ?? '')}
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
                  <TextInput
                    id="reference"
                    name="reference"
                    label="Reference"
                    maxLength={200}
                    defaultValue={value('reference')}
                  />
                </Group>
                {invoices.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    Nothing is open of {family.name}: the payment waits for the next invoice.
                  </Text>
                ) : (
                  <fieldset style={{ border: 0, padding: 0, margin: 0 }} id="purposes" tabIndex={-1}>
                    <Title order={2} size="h5" component="legend" mb={4}>
                      What it is for
                    </Title>
                    <Text size="sm" c="dimmed" mb="xs">
                      Leave empty what the oldest-first rule may decide.
                    </Text>
                    {answer?.errors.purposes ? (
                      <Text size="sm" c="red" mb="xs">
                        {answer.errors.purposes}
                      </Text>
                    ) : null}
                    <Stack gap="xs">
                      {invoices.map((invoice) => (
                        <TextInput
                          key={invoice.id}
                          id={`for.${invoice.id}`}
                          name={`for.${invoice.id}`}
                          inputMode="decimal"
                          maw={360}
                          label={invoice.number}
                          description={
                            <>
                              <Money value={invoice.open} /> open, due <LocalDate value={invoice.dueOn} />
                            </>
                          }
                          defaultValue={value(`for.${invoice.id}`, invoice.id === chosen ? invoice.openText : '')}
                          error={answer?.errors[`for.${invoice.id}`]}
                        />
                      ))}
                    </Stack>
                  </fieldset>
                )}
                <Checkbox
                  name="receipt"
                  value="on"
                  label="Mail a receipt to the family"
                  defaultChecked={answer ? answer.values.receipt === 'on' : true}
                />
                <SubmitButton style={{ alignSelf: 'flex-start' }}>Record the payment</SubmitButton>
              </Stack>
            </Form>
          </Paper>
        ) : null}
      </Stack>
    </>
  );
}
