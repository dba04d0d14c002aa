import { Anchor, List, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { countReasons } from '#app/domain/billing/invoice-run.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { unpaidLabel, unpaidMeaning } from '#app/domain/payroll/pay-run.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { ChangedSince, Exceptions } from '../money-pages/notices.tsx';
import { periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { Statements } from '../money-pages/statements.tsx';

export const meta: MetaFunction = () => [{ title: 'New pay run · Lectern' }];

const SHOWN = 200;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db, clock } = args.context;
  const now = clock();
  const today = localDateOf(now, (await getOrganisation(db)).timezone);
  const params = new URL(args.request.url).searchParams;
  const { shown, period, errors } = readPeriod(params, today);
  const base = { shown, presets: presetsOf(today), errors, reason: params.get('reason') };
  if (!period) return { ...base, preview: null };
  const { leftOut, ...preview } = await previewPayRun(db, period, now);
  const wanted = base.reason ? [base.reason] : ['unclosed', 'unapproved', 'missing_rate'];
  return {
    ...base,
    preview: {
      ...preview,
      counts: countReasons(leftOut),
      leftOut: leftOut.filter((session) => wanted.includes(session.reason)).slice(0, SHOWN),
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'pay.manage');
  const form = await request.formData();
  let run: { runId: string };
  try {
    const input = { from: textOf(form, 'from'), to: textOf(form, 'to'), hash: textOf(form, 'hash'), seen: textOf(form, 'seen') };
    run = await approvePayRun(context.db, context, actorOf(user, context), input);
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/pay-runs/${run.runId}`);
}

export default function NewPayRun() {
  const { shown, presets, errors, preview } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const query = periodQuery(shown);
  const linkOf = (code: string) =>
    ['unclosed', 'unapproved', 'missing_rate'].includes(code)
      ? `/office/pay-runs/new?${query}&reason=${code}#left-out`
      : undefined;
  return (
    <>
      <PageHeader
        title="New pay run"
        description="Choose the period, look at what is left out and why, then approve what each tutor is owed."
        back={{ to: '/office/pay-runs', label: 'Pay runs' }}
      />
      {answer?.message ? <ChangedSince message={answer.message} changes={answer.changes ?? []} /> : null}
      <PeriodChoice path="/office/pay-runs/new" shown={shown} presets={presets} errors={errors} />
      {preview === null ? null : (
        <Stack gap="lg">
          <Exceptions exceptions={preview.exceptions} linkOf={linkOf} />
          {preview.totals.lines === 0 ? (
            <EmptyState
              title="Nothing to pay in this period"
              text={
                preview.closed
                  ? 'It was approved already; the runs are in the list.'
                  : 'No settled session or adjustment of these days waits to be paid.'
              }
              action={{ to: '/office/pay-runs', label: 'Show the pay runs' }}
            />
          ) : (
            <section aria-labelledby="to-approve">
              <Title order={2} id="to-approve" mb="sm">
                To be approved
              </Title>
              <Facts
                facts={[
                  ['Tutors', preview.totals.tutors],
                  ['Lines', preview.totals.lines],
                  ['Wages', <Money key="w" value={preview.totals.wages} />],
                  ['Mileage', <Money key="m" value={preview.totals.mileage} />],
                  ['Adjustments', <Money key="a" value={preview.totals.adjustments} />],
                  ['Total', <Money key="t" value={preview.totals.total} />],
                ]}
              />
              <ConfirmButton
                align="start"
                label="Approve the run"
                confirm={`Approve ${preview.totals.tutors === 1 ? '1 statement' : `${preview.totals.tutors} statements`} now`}
                consequence={
                  <>
                    Approves <Money value={preview.totals.total} /> for{' '}
                    {preview.totals.tutors === 1 ? '1 tutor' : `${preview.totals.tutors} tutors`}; each sees a statement at once.
                    Until it is exported the run can be voided; after that only a correction in the next run changes it.
                  </>
                }
                fields={{ from: preview.from, to: preview.to, hash: preview.hash, seen: preview.seen }}
              />
              <Statements statements={preview.statements} />
            </section>
          )}
          {preview.counts.length === 0 ? null : (
            <section aria-labelledby="left-out">
              <Title order={2} id="left-out" mb="xs">
                Left out, and why
              </Title>
              <List size="sm" spacing={2} mb="md">
                {preview.counts.map(({ reason, count }) => (
                  <List.Item key={reason}>
                    <Anchor
                      component={Link}
                      to={`/office/pay-runs/new?${query}&reason=${reason}#left-out`}
                      size="sm"
                      underline="always"
                    >
                      {unpaidLabel(reason)}: {count}
                    </Anchor>{' '}
                    <Text span c="dimmed" size="sm">
                      {unpaidMeaning(reason)}
                    </Text>
                  </List.Item>
                ))}
              </List>
              {preview.leftOut.length === 0 ? null : (
                <DataTable
                  caption="Sessions without pay"
                  rows={preview.leftOut}
                  rowKey={(session) => session.sessionId}
                  columns={[
                    {
                      key: 'session',
                      header: 'Session',
                      primary: true,
                      cell: (session) => (
                        <Anchor component={Link} to={`/office/sessions/${session.sessionId}`} size="sm">
                          <DateTime value={session.startsAt} />
                        </Anchor>
                      ),
                    },
                    { key: 'tutor', header: 'Tutor', cell: (session) => session.tutorName },
                    { key: 'reason', header: 'Reason', cell: (session) => unpaidLabel(session.reason) },
                  ]}
                />
              )}
            </section>
          )}
        </Stack>
      )}
    </>
  );
}
