import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { correctPayItem } from '#app/domain/payroll/correct-pay-item.server.ts';
import { payTotals } from '#app/domain/payroll/pay-run.ts';
import { getPayRun, listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { PayRunState } from '../money-pages/pay-run-state.tsx';
import { dayBefore } from '../money-pages/period.ts';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { Statements } from '../money-pages/statements.tsx';

export const meta: MetaFunction = () => [{ title: 'Pay run · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const run = await found(getPayRun(db, id));
  const lines = await listPayLines(db, id);
  const statements = [...Map.groupBy(lines, (line) => line.tutorId)].map(([tutorId, own]) => ({
    tutorId,
    tutorName: own[0]?.tutorName ?? '',
    lines: own,
    ...payTotals(own),
  }));
  const asked = new URL(args.request.url).searchParams.get('correct');
  const { currency } = await getOrganisation(db);
  return { run, statements, currency, correcting: lines.find((line) => line.itemId === asked) ?? null };
}

/** Voids the run, or corrects one of its lines in the next run. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'pay.manage');
  const runId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    if (form.get('intent') === 'void') {
      await voidPayRun(context.db, context, actor, { runId, reason: textOf(form, 'reason') });
    } else {
      const { currency } = await getOrganisation(context.db);
      const payItemId = textOf(form, 'payItemId');
      const shouldBe = moneyOf(form, 'shouldBe', currencyDigits(currency));
      if (!isId(payItemId) || shouldBe === undefined)
        return refusal({ shouldBe: 'Enter what the line should have been, such as 25.00.' }, form);
      await correctPayItem(context.db, context, actor, { payItemId, shouldBe, note: textOf(form, 'note').slice(0, 500) });
    }
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/pay-runs/${runId}`);
}

export default function PayRun() {
  const { run, statements, currency, correcting } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const kept = (name: string) => answer?.values[name] ?? '';
  const byLine = new Map(statements.flatMap((one) => one.lines.map((line) => [line.itemId, line])));
  return (
    <>
      <PageHeader
        title={
          <>
            Pay run, <LocalDate value={run.periodFrom} /> to <LocalDate value={dayBefore(run.periodTo)} />
          </>
        }
        back={{ to: '/office/pay-runs', label: 'Pay runs' }}
        actions={
          <>
            {run.status === 'approved' ? (
              <ConfirmButton
                label="Void"
                dangerous
                confirm="Void the run"
                consequence="Takes the run back: its lines are free for another run, and tutors no longer see the statement."
                fields={{ intent: 'void' }}
              >
                <TextInput name="reason" id="reason" label="Reason" required />
              </ConfirmButton>
            ) : null}
            {run.status === 'void' ? null : (
              <form method="post" action={`/office/pay-runs/${run.id}.csv`}>
                <Button type="submit">{run.status === 'exported' ? 'CSV again' : 'Export CSV and lock'}</Button>
              </form>
            )}
          </>
        }
      />
      {answer && !correcting ? <ErrorSummary message={answer.message ?? Object.values(answer.errors)[0]} /> : null}
      <Facts
        facts={[
          ['State', <PayRunState key="s" status={run.status} />],
          ['Total', <Money key="t" value={run.total} />],
          ['Approved', <DateTime key="a" value={run.approvedAt} />],
          ...(run.approvedByName ? ([['By', run.approvedByName]] as [string, string][]) : []),
          ...(run.exportedAt ? ([['Exported', <DateTime key="e" value={run.exportedAt} />]] as [string, React.ReactNode][]) : []),
        ]}
      />
      {run.status === 'void' ? (
        <Text size="sm">
          Void since <DateTime value={run.voidedAt} />: {run.voidReason}
        </Text>
      ) : null}
      {run.exportHash ? (
        <Text size="xs" c="dimmed" mb="sm">
          SHA-256 of the exported file: {run.exportHash}
        </Text>
      ) : null}
      {correcting ? (
        <Paper withBorder p="md" mb="md">
          <Form method="post" ref={form} noValidate>
            <Stack gap="sm">
              <Title order={2}>Correct a line</Title>
              <Text size="sm">
                {correcting.tutorName}, <LocalDate value={correcting.localDate} />, {correcting.ref}:{' '}
                <Money value={correcting.amount} />
                {correcting.corrected === 0n ? null : (
                  <>
                    , corrected by <Money value={correcting.corrected} /> so far
                  </>
                )}
                . The line stays; the difference goes onto the next run.
              </Text>
              <ErrorSummary message={answer?.message} errors={answer?.errors} />
              <input type="hidden" name="payItemId" value={correcting.itemId} />
              <Group gap="sm" align="flex-start">
                <TextInput
                  id="shouldBe"
                  name="shouldBe"
                  label={`Should be (${currency})`}
                  inputMode="decimal"
                  defaultValue={kept('shouldBe')}
                  error={answer?.errors.shouldBe}
                />
                <TextInput
                  id="note"
                  name="note"
                  label="What is corrected, and why"
                  maxLength={500}
                  defaultValue={kept('note')}
                  error={answer?.errors.note}
                />
              </Group>
              <Group gap="sm">
                <SubmitButton>Correct in the next run</SubmitButton>
                <Link to={`/office/pay-runs/${run.id}`}>Leave it</Link>
              </Group>
            </Stack>
          </Form>
        </Paper>
      ) : null}
      <Statements
        statements={statements}
        extra={[
          {
            key: 'correct',
            header: '',
            cell: (line) => {
              const paid = byLine.get(line.key);
              return (
                <>
                  {paid && paid.corrected !== 0n ? (
                    <Text span size="xs">
                      Corrected by <Money value={paid.corrected} />{' '}
                    </Text>
                  ) : null}
                  <Link to={`/office/pay-runs/${run.id}?correct=${line.key}`} aria-label={`Correct ${line.description}`}>
                    Correct
                  </Link>
                </>
              );
            },
          },
        ]}
      />
    </>
  );
}
