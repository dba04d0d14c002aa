import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { findClientBalance, listPayments } from '#app/domain/billing/payment-queries.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { listAutoCharge, listCards, listCollections } from '#app/domain/payments/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { cardAction } from '../payment-pages/card-action.server.ts';
import { Cards } from '../payment-pages/cards.tsx';
import { answerPay, loadPay } from '../payment-pages/pay.server.ts';
import { PayOutcomeNote, PayPanel } from '../payment-pages/pay-panel.tsx';

const HELP = {
  text: 'What you have paid, and the cards that are saved for it.',
  about: 'family/paying',
} as const;

export const meta: MetaFunction = () => [{ title: 'Payments · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  // A student sees no money: whom a client's role doesn't open this to is refused.
  if (!user.roles.includes('client')) throw forbidden();
  const clientIds = user.clientIds.filter((clientId) => can(user, 'invoice.read', { type: 'client', clientId }));
  const { db } = args.context;
  const pay = await loadPay(args.context, args.request, { clientIds, mayKeepCard: true });
  const [cards, coming, clients, balances, payments] = await Promise.all([
    listCards(db, clientIds),
    listCollections(db, { clientIds, statuses: ['scheduled'] }),
    listAutoCharge(db, clientIds),
    Promise.all(clientIds.map((id) => findClientBalance(db, id))),
    Promise.all(clientIds.map((clientId) => listPayments(db, { clientId }))),
  ]);
  const families = clients.map((client) => ({
    ...client,
    owed: balances.find((one) => one?.clientId === client.id)?.owed ?? 0n,
    cards: cards.filter((card) => card.clientId === client.id),
    coming: coming.filter((one) => one.clientId === client.id),
  }));
  return { pay, families, payments: payments.flat() };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const user = await authorize(args, 'family.enter');
  if (!user.roles.includes('client')) throw forbidden();
  const form = await request.formData();
  const clientId = textOf(form, 'clientId');
  const intent = textOf(form, 'intent');
  if (!isId(clientId)) return refusal({ clientId: 'Choose a family.' }, form);
  const pays = intent === 'balance' || intent === 'card';
  await authorize(args, pays ? 'invoice.pay' : 'card.manage', { type: 'client', clientId });
  const actor = actorOf(user, context);
  if (pays) {
    return answerPay(context, actor, form, {
      clientId,
      purpose: intent,
      saveCard: form.get('saveCard') === 'on',
      back: { success: '/family/payments', cancel: '/family/payments' },
    });
  }
  try {
    await cardAction(context, actor, clientId, form);
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw new Response('There is nothing at this address.', { status: 404 });
    return refusalOf(error, form);
  }
  throw redirect('/family/payments');
}

export default function FamilyPayments() {
  const { pay, families, payments } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const asked = answer?.values.intent;
  const problem = answer && 'message' in answer ? answer.message : undefined;
  const nothing = payments.length === 0 && families.every((one) => one.owed <= 0n && one.cards.length === 0) && !pay.checkout;
  return (
    <>
      <PageHeader help={HELP} title="Payments" description="What you paid, what is open, and the cards you let us keep." />
      <PayOutcomeNote outcome={pay.outcome} />
      {asked === 'balance' || asked === 'card' ? null : <ErrorSummary message={problem} />}
      {nothing ? (
        <EmptyState title="No payments yet" text="What you pay stands here, each with the invoices it is for." />
      ) : (
        <Stack gap="lg">
          {families.map((family) => (
            <Stack gap="md" key={family.id}>
              {families.length > 1 ? <Title order={2}>{family.name}</Title> : null}
              {family.owed > 0n ? (
                <Text>
                  Open:{' '}
                  <Anchor component={Link} to="/family/invoices" fw={600}>
                    <Money value={family.owed} />
                  </Anchor>
                </Text>
              ) : null}
              {family.owed > 0n ? (
                <PayPanel
                  pay={pay}
                  title="Pay what is open"
                  label={
                    <>
                      Pay <Money value={family.owed} />
                    </>
                  }
                  text="All of your open invoices at once, on the page of our payment provider."
                  intent="balance"
                  fields={{ clientId: family.id }}
                  answer={asked === 'balance' ? answer : undefined}
                />
              ) : null}
              <Cards clientId={family.id} cards={family.cards} autoCharge={family.autoCharge} coming={family.coming} own />
              <PayPanel
                pay={pay}
                title={family.cards.length > 0 ? 'Save another card' : 'Let your invoices pay themselves'}
                label="Save a card"
                text="You type it on the page of our payment provider; its number never comes to us. Nothing is taken now."
                intent="card"
                fields={{ clientId: family.id }}
                answer={asked === 'card' ? answer : undefined}
                consentNeeded
              />
            </Stack>
          ))}
          {payments.length === 0 ? null : (
            <section aria-labelledby="paid">
              <Title order={2} id="paid" mb="xs">
                Paid
              </Title>
              <DataTable
                caption="Your payments, newest first"
                rows={payments}
                rowKey={(payment) => payment.id}
                columns={[
                  { key: 'day', header: 'Received', primary: true, cell: (payment) => <LocalDate value={payment.receivedOn} /> },
                  {
                    key: 'how',
                    header: 'By',
                    cell: (payment) => [paymentMethodLabel(payment.method), payment.reference].filter(Boolean).join(', '),
                  },
                  {
                    key: 'for',
                    header: 'For',
                    cell: (payment) =>
                      payment.invoices.length === 0 ? (
                        '–'
                      ) : (
                        <Group gap="xs" component="span" justify="flex-end">
                          {payment.invoices.map((invoice) => (
                            <Anchor key={invoice.id} component={Link} to={`/family/invoices/${invoice.id}`} size="sm">
                              {invoice.number}
                            </Anchor>
                          ))}
                        </Group>
                      ),
                  },
                  { key: 'amount', header: 'Amount', align: 'right', cell: (payment) => <Money value={payment.amount} /> },
                  {
                    key: 'back',
                    header: 'Given back',
                    align: 'right',
                    cell: (payment) => (payment.back > 0n ? <Money value={payment.back} /> : '–'),
                  },
                ]}
              />
            </section>
          )}
        </Stack>
      )}
    </>
  );
}
