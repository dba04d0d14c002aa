import { Alert, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { countReasons } from '#app/domain/billing/invoice-run.ts';
import { listInvoiceRuns } from '#app/domain/billing/invoice-run-queries.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { ChangedSince, Exceptions } from '../money-pages/notices.tsx';
import { dayBefore, periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { Families } from './families.tsx';
import { LeftOut } from './left-out.tsx';

export const meta: MetaFunction = () => [{ title: 'New invoice run · Lectern' }];

/** Families whose lines come with the page; the totals are always of all. */
const SHOWN = 200;

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone } = await getOrganisation(db);
  const now = clock();
  const today = localDateOf(now, timezone);
  const params = new URL(args.request.url).searchParams;
  const { shown, period, errors } = readPeriod(params, today);
  const base = {
    shown,
    presets: presetsOf(today),
    errors,
    mayIssue: user.roles.includes('owner') || user.roles.includes('admin'),
  };
  if (!period) return { ...base, preview: null };
  const [{ families, leftOut, exceptions, ...preview }, runs] = await Promise.all([
    previewInvoiceRun(db, period, now),
    listInvoiceRuns(db, 20),
  ]);
  const all = params.has('all');
  return {
    ...base,
    preview: {
      ...preview,
      families: all ? families : families.slice(0, SHOWN),
      hidden: all ? 0 : Math.max(0, families.length - SHOWN),
      exceptions: exceptions.map(({ code, count, message }) => ({ code, count, message })),
      counts: countReasons(leftOut),
      leftOut: leftOut
        .filter((place) => !['cancelled', 'billed_by_credits', 'billing_none', 'non_billable'].includes(place.reason))
        .slice(0, SHOWN),
      unfinished: runs.find((run) => run.status === 'issuing')?.id ?? null,
      mailed: families.filter((family) => family.clientEmail).length,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const form = await request.formData();
  let run: { runId: string };
  try {
    const input = { from: textOf(form, 'from'), to: textOf(form, 'to'), hash: textOf(form, 'hash'), seen: textOf(form, 'seen') };
    run = await confirmInvoiceRun(context.db, context, actorOf(user, context), { ...input, inBackground: true });
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/invoice-runs/${run.runId}`);
}

export default function NewInvoiceRun() {
  const { shown, presets, errors, preview, mayIssue } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const unbilled = (reason?: string) => `/office/unbilled?${periodQuery(shown)}${reason ? `&reason=${reason}` : ''}`;
  const linkOf = (code: string) => {
    if (code === 'unfinished') return preview?.unfinished ? `/office/invoice-runs/${preview.unfinished}` : undefined;
    if (code === 'before_period') return `/office/unbilled?from=2000-01-01&until=${dayBefore(shown.from)}&reason=ready`;
    if (['closed', 'not_over', 'no_email'].includes(code)) return undefined;
    return unbilled(code);
  };
  return (
    <>
      <PageHeader
        title="New invoice run"
        description="Choose the period, look at what is left out and why, then issue one invoice per family."
        back={{ to: '/office/invoices', label: 'Invoices' }}
      />
      {answer?.message ? <ChangedSince message={answer.message} changes={answer.changes ?? []} /> : null}
      <PeriodChoice path="/office/invoice-runs/new" shown={shown} presets={presets} errors={errors} />
      {preview === null ? null : (
        <Stack gap="lg">
          <Exceptions exceptions={preview.exceptions} linkOf={linkOf} />
          {preview.totals.lines === 0 ? (
            <EmptyState
              title="Nothing to bill in this period"
              text={
                preview.closed
                  ? 'It was billed already; the invoices are in the list.'
                  : 'No settled session or sold package of these days waits for an invoice.'
              }
              action={
                preview.closed
                  ? { to: '/office/invoices', label: 'Show the invoices' }
                  : { to: unbilled(), label: 'See what is unbilled, and why' }
              }
            />
          ) : (
            <section aria-labelledby="to-issue">
              <Title order={2} id="to-issue" mb="sm">
                To be issued
              </Title>
              <Facts
                facts={[
                  ['Invoices', preview.totals.families],
                  ['Lines', preview.totals.lines],
                  ['Net', <Money key="net" value={preview.totals.net} />],
                  ['Tax', <Money key="tax" value={preview.totals.tax} />],
                  ['Total', <Money key="total" value={preview.totals.total} />],
                ]}
              />
              {mayIssue ? (
                <ConfirmButton
                  align="start"
                  label={`Issue ${count(preview.totals.families, 'invoice')}`}
                  confirm={`Issue ${count(preview.totals.families, 'invoice')} now`}
                  consequence={
                    <>
                      Issues {count(preview.totals.families, 'invoice')} of <Money value={preview.totals.total} /> and mails{' '}
                      {count(preview.mailed, 'family', 'families')}. An issued invoice never changes; a mistake is taken back by a
                      credit note.
                    </>
                  }
                  fields={{ from: preview.from, to: preview.to, hash: preview.hash, seen: preview.seen }}
                />
              ) : (
                <Alert variant="light" color="gray">
                  You may look, an administrator issues.
                </Alert>
              )}
              <Families families={preview.families} />
              {preview.hidden > 0 ? (
                <Text size="sm" c="dimmed" mt="sm">
                  {preview.hidden} more families are in the run.{' '}
                  <a href={`/office/invoice-runs/new?${periodQuery(shown)}&all`}>Show all</a>
                </Text>
              ) : null}
            </section>
          )}
          <LeftOut counts={preview.counts} places={preview.leftOut} linkOf={unbilled} />
        </Stack>
      )}
    </>
  );
}

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
