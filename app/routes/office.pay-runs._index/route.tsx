import { Anchor, Button, Group, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addPayAdjustment, removePayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { ADJUSTMENT_KINDS, payKindLabel } from '#app/domain/payroll/pay-run.ts';
import { listOpenAdjustments, listPayRuns } from '#app/domain/payroll/pay-run-queries.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { PayRunState, payRunWhom } from '../money-pages/pay-run-state.tsx';
import { dayBefore } from '../money-pages/period.ts';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

const HELP = {
  text: 'What tutors are paid, period by period. A run shows who is left out and why; approved, it is locked and each tutor has a statement.',
  about: 'office/pay',
} as const;

export const meta: MetaFunction = () => [{ title: 'Pay runs · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const [runs, adjustments, tutors] = await Promise.all([listPayRuns(db, 200), listOpenAdjustments(db), listTutorChoices(db)]);
  return {
    runs,
    adjustments,
    tutors: tutors.map(({ id, name }) => ({ id, name })),
    currency,
    today: localDateOf(clock(), timezone),
    formId: crypto.randomUUID(),
  };
}

/** Adds an adjustment, or takes one back that no run has paid. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'pay.manage');
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    const removed = textOf(form, 'remove');
    if (removed !== '') {
      if (isId(removed)) await removePayAdjustment(context.db, context, actor, { itemId: removed });
    } else {
      const { currency } = await getOrganisation(context.db);
      const tutorId = textOf(form, 'tutorId');
      const amount = moneyOf(form, 'amount', currencyDigits(currency));
      const errors: Record<string, string> = {};
      if (!isId(tutorId)) errors.tutorId = 'Choose a tutor.';
      if (amount === undefined || amount === 0n) errors.amount = 'Enter an amount, such as 25.00; -25.00 takes it from the pay.';
      if (amount === undefined || Object.keys(errors).length > 0) return refusal(errors, form);
      const id = textOf(form, 'id');
      await addPayAdjustment(context.db, context, actor, {
        ...(isId(id) ? { id } : {}),
        tutorId,
        kind: textOf(form, 'kind'),
        localDate: textOf(form, 'localDate'),
        amount,
        note: textOf(form, 'note').slice(0, 500),
      });
    }
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect('/office/pay-runs');
}

const begin = { to: '/office/pay-runs/new', label: 'New pay run' };

export default function PayRuns() {
  const { runs, adjustments, tutors, currency, today, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const field = (name: string, otherwise = '') => ({
    id: name,
    name,
    defaultValue: answer?.values[name] ?? otherwise,
    error: answer?.errors[name],
  });
  return (
    <>
      <PageHeader
        help={HELP}
        title="Pay runs"
        actions={
          <Button component={Link} to={begin.to}>
            {begin.label}
          </Button>
        }
      />
      <Stack gap="xl">
        {runs.length === 0 ? (
          <EmptyState
            title="No pay run yet"
            text="A run pays the settled sessions of a period: pay, mileage and adjustments, one statement per tutor."
            action={begin}
          />
        ) : (
          <DataTable
            caption="Pay runs"
            rows={runs}
            rowKey={(run) => run.id}
            columns={[
              {
                key: 'period',
                header: 'Period',
                primary: true,
                cell: (run) => (
                  <Anchor component={Link} to={`/office/pay-runs/${run.id}`} size="sm" fw={500}>
                    <LocalDate value={run.periodFrom} /> – <LocalDate value={dayBefore(run.periodTo)} />
                  </Anchor>
                ),
              },
              { key: 'whom', header: 'Whom', cell: (run) => payRunWhom(run) },
              { key: 'tutors', header: 'Tutors', align: 'right', cell: (run) => run.tutors },
              { key: 'total', header: 'Total', align: 'right', cell: (run) => <Money value={run.total} /> },
              { key: 'approved', header: 'Approved', cell: (run) => <DateTime value={run.approvedAt} />, wideOnly: true },
              { key: 'state', header: 'State', cell: (run) => <PayRunState status={run.status} /> },
            ]}
          />
        )}
        {tutors.length === 0 ? null : (
          <section aria-labelledby="adjustments">
            <Title order={2} id="adjustments" mb="xs">
              Adjustments for the next run
            </Title>
            {adjustments.length === 0 ? null : (
              <DataTable
                caption="Adjustments that no run has paid"
                rows={adjustments}
                rowKey={(one) => one.itemId}
                columns={[
                  { key: 'day', header: 'Day', cell: (one) => <LocalDate value={one.localDate} /> },
                  { key: 'tutor', header: 'Tutor', primary: true, cell: (one) => one.tutorName },
                  { key: 'kind', header: 'Kind', cell: (one) => payKindLabel(one.kind) },
                  { key: 'note', header: 'Note', cell: (one) => one.note || '–' },
                  { key: 'amount', header: 'Amount', align: 'right', cell: (one) => <Money value={one.amount} /> },
                  {
                    key: 'remove',
                    header: '',
                    cell: (one) => (
                      <Form method="post">
                        <SubmitButton
                          name="remove"
                          value={one.itemId}
                          variant="subtle"
                          color="red"
                          size="compact-xs"
                          aria-label={`Remove the ${payKindLabel(one.kind).toLowerCase()} of ${one.tutorName}`}
                        >
                          Remove
                        </SubmitButton>
                      </Form>
                    ),
                  },
                ]}
              />
            )}
            <Paper withBorder p="md" mt="sm" className="no-print">
              <Form method="post" ref={form} noValidate key={formId}>
                <Stack gap="sm">
                  <ErrorSummary message={answer?.message} errors={answer?.errors} />
                  <input type="hidden" name="id" value={answer?.values.id ?? formId} />
                  <Group gap="sm" align="flex-start">
                    <NativeSelect {...field('tutorId')} label="Tutor">
                      <option value="">Choose a tutor</option>
                      {tutors.map((tutor) => (
                        <option key={tutor.id} value={tutor.id}>
                          {tutor.name}
                        </option>
                      ))}
                    </NativeSelect>
                    <NativeSelect
                      {...field('kind', 'bonus')}
                      label="Kind"
                      data={ADJUSTMENT_KINDS.map((kind) => ({ value: kind, label: payKindLabel(kind) }))}
                    />
                    <TextInput {...field('localDate', today)} label="Day" type="date" />
                    <TextInput {...field('amount')} label={`Amount (${currency})`} inputMode="text" w={130} />
                    <TextInput {...field('note')} label="Note" maxLength={500} />
                  </Group>
                  <SubmitButton variant="default" style={{ alignSelf: 'flex-start' }}>
                    Add the adjustment
                  </SubmitButton>
                </Stack>
              </Form>
            </Paper>
          </section>
        )}
      </Stack>
    </>
  );
}
