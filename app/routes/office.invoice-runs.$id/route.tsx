import { Alert, Anchor, Button, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { countRunMails, getInvoiceRun } from '#app/domain/billing/invoice-run-queries.server.ts';
import { sendRunInvoices } from '#app/domain/billing/send-run-invoices.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { InvoiceTable } from '../money-pages/invoice-table.tsx';
import styles from '../money-pages/money-pages.module.css';
import { dayBefore } from '../money-pages/period.ts';
import { textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction = () => [{ title: 'Invoice run · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const run = await found(getInvoiceRun(db, id));
  const [invoices, mails] = await Promise.all([listInvoices(db, { runId: id, limit: SHOWN }), countRunMails(db, id)]);
  return {
    run,
    invoices,
    mails,
    mayManage: can(user, 'money.manage'),
    today: clock().toISOString().slice(0, 10),
    formId: crypto.randomUUID(),
  };
}

const SHOWN = 100;

/** Sends the invoices, or puts a run that stands still on the queue again; what is issued already stays as it is. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { db, enqueue } = args.context;
  const run = await found(getInvoiceRun(db, recordIdOf(args.params)));
  const form = await args.request.formData();
  const again = textOf(form, 'again');
  if (textOf(form, 'intent') === 'send') {
    try {
      await sendRunInvoices(db, args.context, actorOf(user, args.context), { runId: run.id, ...(isId(again) ? { again } : {}) });
    } catch (error) {
      return refusedAction(error);
    }
  } else if (run.status === 'issuing') await enqueue(db, { name: 'invoice-run.issue', data: { runId: run.id } });
  throw redirect(`/office/invoice-runs/${run.id}`);
}

export default function InvoiceRun() {
  const { run, invoices, mails, mayManage, today, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { revalidate, state } = useRevalidator();
  const issuing = run.status === 'issuing';
  useEffect(() => {
    if (!issuing || state !== 'idle') return;
    const timer = setTimeout(revalidate, 1500);
    return () => clearTimeout(timer);
  }, [issuing, state, revalidate]);
  return (
    <>
      <PageHeader
        title={
          <>
            Invoice run, <LocalDate value={run.periodFrom} /> to <LocalDate value={dayBefore(run.periodTo)} />
          </>
        }
        back={{ to: '/office/invoice-runs', label: 'Invoice runs' }}
        actions={
          issuing ? null : (
            <>
              <Button component={Link} to={`/office/invoice-runs/${run.id}.csv`} reloadDocument variant="default">
                CSV of lines
              </Button>
              <Button component={Link} to={`/office/invoices.csv?run=${run.id}`} reloadDocument variant="default">
                CSV
              </Button>
              {mayManage ? <SendInvoices mails={mails} formId={formId} /> : null}
            </>
          )
        }
      />
      <ToldAlert told={answer ?? undefined} />
      {issuing && run.stoppedBecause ? (
        <Alert color="red" variant="light" mb="md" role="alert" title="It stopped">
          {run.stoppedBecause} What is issued stays; it is tried again by itself, and goes on at once by the button below.
        </Alert>
      ) : null}
      {issuing ? (
        <Alert variant="light" mb="lg" title={`${run.issued} of ${run.families} invoices are issued`} role="status">
          <progress className={styles.bar} max={run.families} value={run.issued} aria-label="Invoices issued" />
          <Text size="sm" mt="xs">
            You can leave this page; it goes on by itself. If it stands still, start it again: nothing is issued twice.
          </Text>
          <Form method="post">
            <SubmitButton variant="default" size="xs" mt="xs">
              Go on
            </SubmitButton>
          </Form>
        </Alert>
      ) : null}
      <Facts
        facts={[
          ['Invoices', `${run.issued} of ${run.families}`],
          ['Total', <Money key="total" value={run.total} />],
          ...(run.scopeText ? ([['Only', run.scopeText]] as [string, string][]) : []),
          ['Mailed', `${mails.mailed} of ${mails.addressed}`],
          ...(mails.failed > 0 ? ([['Not delivered', String(mails.failed)]] as [string, string][]) : []),
          ['Confirmed', <DateTime key="at" value={run.confirmedAt} />],
          ...(run.confirmedByName ? ([['By', run.confirmedByName]] as [string, string][]) : []),
        ]}
      />
      <InvoiceTable invoices={invoices} today={today} base="/office/invoices" />
      {run.issued > invoices.length ? (
        <Text size="sm" c="dimmed" mt="sm">
          {run.issued - invoices.length} more are in the{' '}
          <Anchor component={Link} to="/office/invoices" size="sm" underline="always">
            list of invoices
          </Anchor>{' '}
          and in the CSV.
        </Text>
      ) : null}
    </>
  );
}

/** What has no mail yet is sent; where all have one, again. */
function SendInvoices({ mails, formId }: { mails: { addressed: number; mailed: number }; formId: string }) {
  const open = mails.addressed - mails.mailed;
  if (mails.addressed === 0) return null;
  const count = open > 0 ? open : mails.addressed;
  const families = `${count} ${count === 1 ? 'family' : 'families'}`;
  return (
    <ConfirmButton
      label={open > 0 ? 'Send' : 'Send again'}
      confirm={`Mail ${families}`}
      consequence={
        open > 0 ? `Mails ${families} their invoice.` : `All have been mailed. Mails ${families} their invoice once more.`
      }
      fields={{ intent: 'send', ...(open > 0 ? {} : { again: formId }) }}
    />
  );
}
