import { Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { correctPayItem } from '#app/domain/payroll/correct-pay-item.server.ts';
import { markPayRunPaid } from '#app/domain/payroll/mark-pay-run-paid.server.ts';
import { payTotals } from '#app/domain/payroll/pay-run.ts';
import { getPayRun, listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { sendStatements } from '#app/domain/payroll/send-statements.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { Facts } from '../money-pages/facts.tsx';
import { PayRunState, payRunWhom } from '../money-pages/pay-run-state.tsx';
import { dayBefore } from '../money-pages/period.ts';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { Statements } from '../money-pages/statements.tsx';
import { CorrectLine } from './correct-line.tsx';
import { ExportRun } from './export-run.tsx';

export const meta: MetaFunction = () => [{ title: 'Pay run · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const run = await found(getPayRun(db, id));
  const lines = await listPayLines(db, id);
  const search = new URL(args.request.url).searchParams;
  const correcting = lines.find((line) => line.itemId === search.get('correct')) ?? null;
  const opened = correcting?.tutorId ?? search.get('open');
  const statements = [...Map.groupBy(lines, (line) => line.tutorId)].map(([tutorId, own]) => ({
    tutorId,
    tutorName: own[0]?.tutorName ?? '',
    count: own.length,
    lines: tutorId === opened ? own : [],
    ...payTotals(own),
  }));
  const { currency, timezone } = await getOrganisation(db);
  const exporters = (await args.context.plugins.listInstalls(db, 'payroll')).filter((install) => install.usable);
  return {
    run,
    statements,
    totals: payTotals(lines),
    currency,
    today: localDateOf(args.context.clock(), timezone),
    exporters: exporters.map(({ id, name }) => ({ id, name })),
    correcting,
    opened,
  };
}

/** Voids the run, says that it was paid, or corrects one of its lines in the next run. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'pay.manage');
  const runId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    if (form.get('intent') === 'paid') {
      await markPayRunPaid(context.db, context, actor, { runId, paidOn: textOf(form, 'paidOn') });
    } else if (form.get('intent') === 'send') {
      await sendStatements(context.db, context, actor, { runId });
    } else if (form.get('intent') === 'void') {
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
  const { run, statements, opened, totals, currency, today, exporters, correcting } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
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
            {run.status === 'void' || run.sentAt ? null : (
              <ConfirmButton
                label="Mail statements"
                confirm="Mail the statements"
                consequence={`Mails ${run.tutors === 1 ? '1 tutor' : `${run.tutors} tutors`} that their statement is there, who have an address and were not told yet.`}
                fields={{ intent: 'send' }}
              />
            )}
            {run.status === 'void' ? null : <ExportRun run={run} exporters={exporters} />}
            {run.status === 'void' || run.status === 'paid' ? null : (
              <ConfirmButton
                label="Mark paid"
                confirm="Mark it paid"
                consequence={
                  <>
                    Says that <Money value={run.total} /> went out to {run.tutors === 1 ? '1 tutor' : `${run.tutors} tutors`}. It
                    can’t be voided after that; who comes to less than nothing is paid nothing.
                  </>
                }
                fields={{ intent: 'paid' }}
              >
                <TextInput name="paidOn" id="paidOn" type="date" label="Paid on" defaultValue={today} required />
              </ConfirmButton>
            )}
          </>
        }
      />
      {answer && !correcting ? <ErrorSummary message={answer.message ?? Object.values(answer.errors)[0]} /> : null}
      <Facts
        facts={[
          ['Whom', payRunWhom(run)],
          ['State', <PayRunState key="s" status={run.status} />],
          ['Wages', <Money key="w" value={totals.wages} />],
          ['Mileage', <Money key="m" value={totals.mileage} />],
          ['Adjustments', <Money key="j" value={totals.adjustments} />],
          ['Total', <Money key="t" value={run.total} />],
          ['Approved', <DateTime key="a" value={run.approvedAt} />],
          ...(run.approvedByName ? ([['By', run.approvedByName]] as [string, string][]) : []),
          ...(run.exportedAt ? ([['Exported', <DateTime key="e" value={run.exportedAt} />]] as [string, React.ReactNode][]) : []),
          ...(run.sentAt ? ([['Mailed', <DateTime key="m" value={run.sentAt} />]] as [string, React.ReactNode][]) : []),
          ...(run.paidOn ? ([['Paid', <LocalDate key="p" value={run.paidOn} />]] as [string, React.ReactNode][]) : []),
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
      {correcting ? <CorrectLine line={correcting} runId={run.id} currency={currency} answer={answer} /> : null}
      <Statements
        statements={statements}
        opened={opened}
        {...(run.status === 'void' ? {} : { pdfOf: (tutorId: string) => `/office/pay-runs/${run.id}/statements/${tutorId}.pdf` })}
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
                  {paid?.sessionId ? (
                    <Link
                      to={`/office/sessions/${paid.sessionId}/correct`}
                      aria-label={`Correct the session: ${line.description}`}
                    >
                      Correct the session
                    </Link>
                  ) : null}{' '}
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
