import { Alert, Button, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, Link, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { getInvoiceRun } from '#app/domain/billing/invoice-run-queries.server.ts';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { InvoiceTable } from '../money-pages/invoice-table.tsx';
import styles from '../money-pages/money-pages.module.css';
import { dayBefore } from '../money-pages/period.ts';

export const meta: MetaFunction = () => [{ title: 'Invoice run · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const run = await found(getInvoiceRun(db, id));
  return { run, invoices: await listInvoices(db, { runId: id, limit: 500 }), today: clock().toISOString().slice(0, 10) };
}

/** Puts it on the queue again; what is issued already stays as it is. */
export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db, enqueue } = args.context;
  const run = await found(getInvoiceRun(db, recordIdOf(args.params)));
  if (run.status === 'issuing') await enqueue(db, { name: 'invoice-run.issue', data: { runId: run.id } });
  throw redirect(`/office/invoice-runs/${run.id}`);
}

export default function InvoiceRun() {
  const { run, invoices, today } = useLoaderData<typeof loader>();
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
            <Button component={Link} to={`/office/invoices.csv?run=${run.id}`} reloadDocument variant="default">
              CSV
            </Button>
          )
        }
      />
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
          ['Confirmed', <DateTime key="at" value={run.confirmedAt} />],
          ...(run.confirmedByName ? ([['By', run.confirmedByName]] as [string, string][]) : []),
        ]}
      />
      <InvoiceTable invoices={invoices} today={today} base="/office/invoices" />
    </>
  );
}
