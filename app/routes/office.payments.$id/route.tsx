import { Alert, Anchor, Checkbox, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { findPayment } from '#app/domain/payments/queries.server.ts';
import { refundPayment } from '#app/domain/payments/refund-payment.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction = () => [{ title: 'Payment · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const payment = await findPayment(db, recordIdOf(args.params));
  if (!payment) throw notFound();
  const { currency, timezone } = await getOrganisation(db);
  return {
    payment,
    leftText: formatDecimal(payment.left, currencyDigits(currency)),
    currency,
    today: localDateOf(clock(), timezone),
    formId: crypto.randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const user = await authorize(args, 'money.manage');
  const paymentId = recordIdOf(args.params);
  const form = await request.formData();
  const { currency } = await getOrganisation(context.db);
  const amount = moneyOf(form, 'amount', currencyDigits(currency));
  if (amount === undefined) return refusal({ amount: 'Enter an amount, such as 120.00.' }, form);
  const id = textOf(form, 'id');
  const refundedOn = textOf(form, 'refundedOn');
  try {
    await refundPayment(context.db, context, actorOf(user, context), {
      ...(isId(id) ? { id } : {}),
      paymentId,
      kind: textOf(form, 'kind') === 'reversal' ? 'reversal' : 'refund',
      amount,
      reason: textOf(form, 'reason').slice(0, 500),
      throughGateway: form.get('throughGateway') === 'on',
      ...(refundedOn ? { refundedOn } : {}),
    });
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/payments/${paymentId}`);
}

const states: Record<string, { label: string; tone: 'good' | 'attention' | 'bad' }> = {
  succeeded: { label: 'Done', tone: 'good' },
  pending: { label: 'On its way', tone: 'attention' },
  failed: { label: 'Did not arrive', tone: 'bad' },
};

export default function Payment() {
  const { payment, leftText, currency, today, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const value = (name: string, otherwise = '') => answer?.values[name] ?? otherwise;
  const waits = payment.refunds.some((refund) => refund.status === 'pending');
  return (
    <>
      <PageHeader
        title={
          <>
            Payment of <Money value={payment.amount} />
          </>
        }
        description={<Link to={`/office/clients/${payment.clientId}`}>{payment.clientName}</Link>}
        back={{ to: '/office/payments', label: 'Payments' }}
      />
      <Stack gap="lg">
        <Facts
          facts={[
            ['Received', <LocalDate key="on" value={payment.receivedOn} />],
            ['By', [paymentMethodLabel(payment.method), payment.reference].filter(Boolean).join(', ')],
            ['Unapplied', <Money key="unapplied" value={payment.unapplied} />],
            payment.gateway
              ? ['Through', `${payment.gateway} (${payment.gatewayRef})`]
              : ['Recorded by', payment.recordedBy ?? 'The system'],
          ]}
        />
        <section aria-labelledby="for">
          <Title order={2} id="for" mb="xs">
            What it pays
          </Title>
          {payment.invoices.length === 0 ? (
            <Text size="sm">No invoice has taken it yet. It pays the next one that is issued.</Text>
          ) : (
            <Stack gap={4}>
              {payment.invoices.map((invoice) => (
                <Group key={invoice.id} gap="sm">
                  <Anchor component={Link} to={`/office/invoices/${invoice.id}`} size="sm">
                    {invoice.number}
                  </Anchor>
                  <Money value={BigInt(invoice.amount)} />
                  <Text size="sm" c="dimmed">
                    {invoice.meant ? 'as it was meant' : 'by the rule: the oldest open first'}
                  </Text>
                </Group>
              ))}
            </Stack>
          )}
        </section>
        {payment.refunds.length === 0 ? null : (
          <section aria-labelledby="back">
            <Title order={2} id="back" mb="xs">
              Given or taken back
            </Title>
            <Stack gap={6}>
              {payment.refunds.map((refund) => (
                <Group key={refund.id} gap="sm">
                  <LocalDate value={refund.refundedOn ?? refund.createdAt.slice(0, 10)} />
                  <Money value={BigInt(refund.amount)} />
                  <StatusBadge
                    label={states[refund.status]?.label ?? refund.status}
                    tone={states[refund.status]?.tone ?? 'attention'}
                  />
                  <Text size="sm">
                    {refund.kind === 'refund' ? 'Refund' : 'Reversal'}: {refund.reason}
                    {refund.error ? ` (${refund.error})` : ''}
                  </Text>
                </Group>
              ))}
            </Stack>
            {waits ? (
              <Alert variant="light" mt="sm">
                The payment provider was asked. What it paid opens again as soon as the money is on its way back.
              </Alert>
            ) : null}
          </section>
        )}
        {payment.left <= 0n ? null : (
          <details open={answer !== undefined} className="no-print">
            <summary>Refund it, or say that it never came</summary>
            <Paper withBorder p="md" radius="md" mt="sm" maw={640}>
              <Form method="post" ref={form} noValidate>
                <Stack gap="sm">
                  <ErrorSummary message={answer?.message} errors={answer?.errors} />
                  <input type="hidden" name="id" value={value('id', formId)} />
                  <NativeSelect
                    id="kind"
                    name="kind"
                    label="What happened"
                    defaultValue={value('kind', 'refund')}
                    data={[
                      { value: 'refund', label: 'Refund: money goes back to the family' },
                      { value: 'reversal', label: 'Reversal: it never came (a bounced cheque, a slip of the hand)' },
                    ]}
                  />
                  <TextInput
                    id="amount"
                    name="amount"
                    label={`Amount (${currency})`}
                    description={`At most ${leftText}`}
                    inputMode="decimal"
                    defaultValue={value('amount', leftText)}
                    error={answer?.errors.amount}
                  />
                  {payment.gateway ? (
                    <Checkbox
                      name="throughGateway"
                      value="on"
                      label={`Back to the card, through ${payment.gateway}`}
                      description="Otherwise you have given it back in another way. It holds for refunds."
                      defaultChecked={answer ? answer.values.throughGateway === 'on' : true}
                    />
                  ) : null}
                  <TextInput
                    id="refundedOn"
                    name="refundedOn"
                    type="date"
                    label="On"
                    description={payment.gateway ? 'Where it was not through the provider' : undefined}
                    defaultValue={value('refundedOn', today)}
                    error={answer?.errors.refundedOn}
                  />
                  <TextInput
                    id="reason"
                    name="reason"
                    label="Reason"
                    required
                    description="It stays with the payment; the family reads it where money goes back."
                    defaultValue={value('reason')}
                    error={answer?.errors.reason}
                  />
                  <Text size="sm" c="dimmed">
                    What the payment had paid is open again. This can’t be undone.
                  </Text>
                  <SubmitButton color="red" style={{ alignSelf: 'flex-start' }}>
                    Give or take it back
                  </SubmitButton>
                </Stack>
              </Form>
            </Paper>
          </details>
        )}
      </Stack>
    </>
  );
}
