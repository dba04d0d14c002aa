import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { marginOf, payOf, revenueOf } from '#app/domain/reports/teaching.ts';
import { listTeachingLines, sumTeaching, type TeachingLine } from '#app/domain/reports/teaching-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { NewerOlder } from '../money-pages/newer-older.tsx';
import { Hours } from '../report-pages/figures.tsx';
import { readReport, reportChoices } from '../report-pages/load-report.server.ts';
import { reportQuery, scopeOf } from '../report-pages/report-filter.ts';
import { ReportFilterForm } from '../report-pages/report-filter-form.tsx';
import styles from '../report-pages/report-pages.module.css';

export const meta: MetaFunction = () => [{ title: 'Behind the numbers · Lectern' }];

const PAGE = 100;

export async function loader(args: LoaderFunctionArgs) {
  const read = await readReport(args);
  const { db, filter, period, errors } = read;
  const scope = period ? scopeOf(filter, period) : undefined;
  const [choices, lines, report] = await Promise.all([
    reportChoices(read),
    scope ? listTeachingLines(db, scope, { limit: PAGE + 1, offset: (filter.page - 1) * PAGE }) : [],
    scope ? sumTeaching(db, scope, { by: 'month', unit: 'month' }) : null,
  ]);
  return { filter, errors, choices, lines: lines.slice(0, PAGE), more: lines.length > PAGE, total: report?.total ?? null };
}

const path = '/office/reports/lines';

export default function Lines() {
  const { filter, errors, choices, lines, more, total } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Behind the numbers"
        description="The sessions, and what belongs to none, that a report’s numbers are made of. They add up to exactly those."
        back={{ to: `/office/reports/margin?${reportQuery(filter, { page: 1 })}`, label: 'Margin' }}
        actions={
          <Button component={Link} to={`${path}.csv?${reportQuery(filter, { page: 1 })}`} reloadDocument variant="default">
            CSV
          </Button>
        }
      />
      <ReportFilterForm path={path} filter={filter} errors={errors} choices={choices} />
      {lines.length === 0 ? (
        <EmptyState
          title="Nothing in these days"
          text="Settled sessions, charges and pay of the days you choose are listed here."
          action={{ to: path, label: 'Show last month' }}
        />
      ) : (
        <DataTable
          caption="Sessions and other lines"
          rows={lines}
          rowKey={(line) => line.id}
          columns={[
            {
              key: 'date',
              header: 'Date',
              cell: (line) => (
                <span className={styles.line}>
                  <LocalDate value={line.localDate} />
                </span>
              ),
            },
            { key: 'about', header: 'What', primary: true, cell: (line) => <About line={line} /> },
            { key: 'students', header: 'Students', cell: (line) => line.students, wideOnly: true },
            { key: 'tutor', header: 'Tutor', cell: (line) => line.tutorName },
            { key: 'hours', header: 'Hours', align: 'right', cell: (line) => <Hours minutes={line.minutes} /> },
            { key: 'revenue', header: 'Revenue', align: 'right', cell: (line) => <Money value={revenueOf(line)} /> },
            { key: 'pay', header: 'Pay', align: 'right', cell: (line) => <Money value={payOf(line)} /> },
            { key: 'margin', header: 'Margin', align: 'right', cell: (line) => <Money value={marginOf(line)} /> },
          ]}
          {...(total
            ? {
                footer: [
                  'Total',
                  null,
                  null,
                  null,
                  <Hours key="hours" minutes={total.minutes} />,
                  <Money key="revenue" value={revenueOf(total)} />,
                  <Money key="pay" value={payOf(total)} />,
                  <Money key="margin" value={marginOf(total)} />,
                ],
              }
            : {})}
        />
      )}
      <NewerOlder
        of="lines"
        page={filter.page}
        more={more}
        to={(page) => `${path}?${reportQuery(filter, { page })}`}
        note="the total is of all of them"
      />
    </>
  );
}

/** A session's page says why it costs what it does; a line of no session leads to its family or its pay run. */
function About({ line }: { line: TeachingLine }) {
  const to = line.sessionId
    ? `/office/sessions/${line.sessionId}`
    : line.clientId
      ? `/office/clients/${line.clientId}`
      : line.payRunId
        ? `/office/pay-runs/${line.payRunId}`
        : '/office/pay-runs';
  return (
    <Anchor component={Link} to={to} size="sm" fw={500}>
      {line.about || 'Session'}
    </Anchor>
  );
}
