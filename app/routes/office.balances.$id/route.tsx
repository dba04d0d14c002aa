import { Anchor, Button, Group, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { findClientBalance } from '#app/domain/billing/payment-queries.server.ts';
import { leaveInPeace } from '#app/domain/billing/reminders/leave-in-peace.server.ts';
import { sendStatements } from '#app/domain/billing/send-statements.server.ts';
import { getStatement } from '#app/domain/billing/statement-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { StatementTable } from '../balance-pages/statement-table.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { dayAfter, monthOf, periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.statement.client.name ?? 'Balance'} · Lectern` },
];

/** Without a choice in the URL: from three months ago until today, so that what is open is seen where it came from. */
function periodOf(request: Request, today: string) {
  const params = new URL(request.url).searchParams;
  if (params.has('from') || params.has('until')) return readPeriod(params, today);
  return readPeriod(new URLSearchParams({ from: monthOf(today, -3).from, until: today }), today);
}

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { shown, period, errors } = periodOf(args.request, today);
  const fallback = { from: monthOf(today, -3).from, to: dayAfter(today) };
  const [statement, balance] = await Promise.all([found(getStatement(db, id, period ?? fallback)), findClientBalance(db, id)]);
  return { statement, balance, shown, errors, presets: presetsOf(today), today };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const today = localDateOf(context.clock(), (await getOrganisation(context.db)).timezone);
  const peace = textOf(form, 'peace');
  if (peace) {
    await leaveInPeace(context.db, actorOf(user, context), { clientId: id, peace: peace === 'yes' });
    throw redirect(`/office/balances/${id}`);
  }
  const { period } = periodOf(request, today);
  if (!period) throw redirect(`/office/balances/${id}`);
  try {
    return { told: await sendStatements(context.db, context, actorOf(user, context), { ...period, clientIds: [id] }) };
  } catch (error) {
    return refusalOf(error, form);
  }
}

export default function FamilyBalance() {
  const { statement, balance, shown, errors, presets, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const told = answer && 'told' in answer ? answer.told : undefined;
  const { client, currency } = statement;
  const money = (value: bigint) => <Money value={value} currency={currency} />;
  const query = periodQuery(shown);
  const owed = balance?.owed ?? 0n;
  return (
    <>
      <PageHeader
        title={client.name}
        back={{ to: '/office/balances', label: 'Balances' }}
        description={
          <>
            The statement of <Link to={`/office/clients/${client.id}`}>this family</Link>: what was owed before, each document and
            payment, and what is owed then.
          </>
        }
        actions={
          <>
            <Button component={Link} to={`/office/balances/${client.id}/pro-forma`} variant="default">
              Pro forma
            </Button>
            <Button component={Link} to={`/office/payments/new?family=${client.id}`} variant="default">
              Record a payment
            </Button>
            {client.email ? (
              <ConfirmButton
                label="Mail the statement"
                action={`/office/balances/${client.id}?${query}`}
                consequence={
                  <>
                    {client.email} gets the statement from <LocalDate value={shown.from} /> to <LocalDate value={shown.until} />{' '}
                    as a PDF.
                  </>
                }
                confirm="Mail the statement"
              />
            ) : null}
            <Button component="a" href={`/office/balances/${client.id}/statement.pdf?${query}`}>
              PDF
            </Button>
          </>
        }
      />
      {told ? (
        <Text size="sm" mb="md" role="status">
          {told.sent === 1
            ? 'The statement is on its way.'
            : 'Not mailed: it was mailed today already, or there is nothing in it.'}
        </Text>
      ) : null}
      <Facts
        facts={[
          owed < 0n ? ['Paid ahead today', money(-owed)] : ['Owed today', money(owed)],
          [
            'Open invoices',
            <Anchor key="open" component={Link} to={`/office/invoices?client=${client.id}&state=open`} size="sm">
              Show them
            </Anchor>,
          ],
          ['Not invoiced yet', money(balance?.unbilled ?? 0n)],
          ...(balance?.oldestDueOn
            ? [
                [balance.oldestDueOn < today ? 'Overdue since' : 'Due', <LocalDate key="due" value={balance.oldestDueOn} />] as [
                  string,
                  React.ReactNode,
                ],
              ]
            : []),
        ]}
      />
      <PeriodChoice path={`/office/balances/${client.id}`} shown={shown} presets={presets} errors={errors} />
      {statement.rows.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          Nothing happened in these days.
        </Text>
      ) : null}
      <StatementTable {...statement} invoiceBase="/office/invoices" />
      <Form method="post" className="no-print" style={{ marginTop: 24 }}>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {client.noReminders
              ? 'No reminder goes out to this family, and no late fee is charged.'
              : 'Reminders of what is overdue go to this family as the settings say.'}
          </Text>
          <SubmitButton name="peace" value={client.noReminders ? 'no' : 'yes'} variant="default" size="xs">
            {client.noReminders ? 'Remind again' : 'Send no reminders'}
          </SubmitButton>
        </Group>
      </Form>
    </>
  );
}
