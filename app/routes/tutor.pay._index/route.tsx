import { Anchor, Button, Stack, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { sumOpenCloseOuts } from '#app/domain/closeout/open-queries.server.ts';
import { listMilesOfMonths } from '#app/domain/payroll/miles-of-months.server.ts';
import { listPending, listStatements } from '#app/domain/payroll/pay-run-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { BillLines } from '../money-pages/bill-lines.tsx';
import { payLineView, withoutFees } from '../money-pages/pay-lines.ts';
import { dayBefore } from '../money-pages/period.ts';
import { Miles } from './miles.tsx';
import { UnclosedNote } from './unclosed-note.tsx';

const HELP = {
  text: 'What you earned that no pay run has paid yet, line by line, and your statements. Sessions that are not closed out are not in it.',
  about: 'tutor/pay',
} as const;

export const meta: MetaFunction = () => [{ title: 'Pay · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  if (user.tutorId === null) return { statements: [], pending: [], unclosed: { count: 0, minutes: 0 }, miles: [] };
  await authorize(args, 'pay.read', { type: 'tutor', tutorId: user.tutorId });
  const { db, clock } = args.context;
  const [statements, pending, unclosed, miles] = await Promise.all([
    listStatements(db, user.tutorId),
    listPending(db, user.tutorId),
    sumOpenCloseOuts(db, { tutorId: user.tutorId, now: clock() }),
    listMilesOfMonths(db, user.tutorId),
  ]);
  return { statements, pending: pending.map(withoutFees), unclosed, miles };
}

const timeSheet = (
  <Button component={Link} to="/tutor/time-sheet" variant="default">
    Time sheet
  </Button>
);

export default function TutorPay() {
  const { statements, pending, unclosed, miles } = useLoaderData<typeof loader>();
  if (statements.length === 0 && pending.length === 0) {
    return (
      <>
        <PageHeader help={HELP} title="Pay" actions={timeSheet} />
        <UnclosedNote unclosed={unclosed} />
        <EmptyState
          title="No pay yet"
          text="What you earn stands here once your sessions are closed out, and your statements once the office approves them."
          action={{ to: '/tutor/closeouts', label: 'Close out sessions' }}
        />
      </>
    );
  }
  const sum = pending.reduce((total, line) => total + line.amount, 0n);
  return (
    <>
      <PageHeader help={HELP} title="Pay" actions={timeSheet} />
      <Stack gap="xl">
        <UnclosedNote unclosed={unclosed} />
        {pending.length === 0 ? null : (
          <section aria-labelledby="pending">
            <Title order={2} id="pending" mb="xs">
              Not paid yet: <Money value={sum} />
            </Title>
            <BillLines
              caption="What no pay run has paid yet"
              lines={pending.map((line) => payLineView(line, '/tutor/sessions'))}
            />
          </section>
        )}
        <Miles months={miles} />
        {statements.length === 0 ? null : (
          <section aria-labelledby="statements">
            <Title order={2} id="statements" mb="xs">
              Statements
            </Title>
            <DataTable
              caption="Statements"
              rows={statements}
              rowKey={(one) => one.runId}
              columns={[
                {
                  key: 'period',
                  header: 'Period',
                  primary: true,
                  cell: (one) => (
                    <Anchor component={Link} to={`/tutor/pay/${one.runId}`} size="sm" fw={500}>
                      <LocalDate value={one.periodFrom} /> – <LocalDate value={dayBefore(one.periodTo)} />
                    </Anchor>
                  ),
                },
                { key: 'minutes', header: 'Minutes taught', align: 'right', cell: (one) => one.minutes },
                { key: 'total', header: 'Total', align: 'right', cell: (one) => <Money value={one.total} /> },
                { key: 'approved', header: 'Approved', cell: (one) => <DateTime value={one.approvedAt} show="date" /> },
              ]}
            />
          </section>
        )}
      </Stack>
    </>
  );
}
