import { Anchor } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { attendanceRate, type CountedOutcome, OUTCOMES, outcomeLabels, placesOf } from '#app/domain/reports/attendance.ts';
import { type AttendanceReport, attendanceReport } from '#app/domain/reports/attendance-queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { bucketLabel } from '../report-pages/bucket-label.ts';
import { Figures, Percent } from '../report-pages/figures.tsx';
import { behind, groupChoices, groupLabels, groupName } from '../report-pages/groups.ts';
import { readReport, reportChoices } from '../report-pages/load-report.server.ts';
import { ReportChart } from '../report-pages/report-chart.tsx';
import { reportQuery, scopeOf } from '../report-pages/report-filter.ts';
import { ReportFilterForm } from '../report-pages/report-filter-form.tsx';
import { ReportFrame } from '../report-pages/report-frame.tsx';

export const meta: MetaFunction = () => [{ title: 'Attendance · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const read = await readReport(args);
  const { db, filter, period, errors } = read;
  const [choices, report] = await Promise.all([
    reportChoices(read),
    period ? attendanceReport(db, scopeOf(filter, period), filter.by) : null,
  ]);
  return { filter, errors, choices, report };
}

const path = '/office/reports/attendance';
const colors: Record<CountedOutcome, string> = {
  attended: 'lectern.6',
  no_show: 'orange.7',
  late_cancel: 'yellow.6',
  cancelled: 'gray.5',
  tutor_no_show: 'red.7',
  technical_failure: 'grape.5',
};

export default function Attendance() {
  const { filter, errors, choices, report } = useLoaderData<typeof loader>();
  const { locale } = useViewer();
  const number = new Intl.NumberFormat(locale);
  return (
    <ReportFrame id="attendance" query={reportQuery(filter)}>
      <ReportFilterForm path={path} filter={filter} errors={errors} choices={choices} groups={groupChoices} />
      {report === null ? null : report.rows.length === 0 ? (
        <EmptyState
          title="No place ended in these days"
          text="A place ends when its session is closed out or it is cancelled."
          action={{ to: '/office/closeouts', label: 'Show the close-outs' }}
        />
      ) : (
        <>
          <Figures
            against={undefined}
            figures={[
              {
                label: 'Attendance',
                value: <Percent value={attendanceRate(report.total)} />,
                note: `${placesOf(report.total)} places`,
              },
              ...OUTCOMES.filter((outcome) => report.total[outcome] > 0).map((outcome) => ({
                label: outcomeLabels[outcome],
                value: (
                  <Anchor component={Link} to={`/office/reports/places?${reportQuery(filter)}&outcome=${outcome}`} inherit>
                    {number.format(report.total[outcome])}
                  </Anchor>
                ),
              })),
            ]}
          />
          <ReportChart
            label={`Places by outcome and ${report.unit}`}
            stacked
            data={report.buckets.map((bucket) => ({ label: bucketLabel(bucket, report.unit, locale), ...bucket.sums }))}
            series={OUTCOMES.filter((outcome) => report.total[outcome] > 0).map((outcome) => ({
              name: outcome,
              label: outcomeLabels[outcome],
              color: colors[outcome],
            }))}
            format={(value) => number.format(value)}
          />
          <Rows report={report} filter={filter} />
        </>
      )}
    </ReportFrame>
  );
}

function Rows({ report, filter }: { report: AttendanceReport; filter: Parameters<typeof behind>[1] }) {
  const { locale } = useViewer();
  type Row = AttendanceReport['rows'][number];
  const columns: Column<Row>[] = [
    {
      key: 'name',
      header: groupLabels[filter.by],
      primary: true,
      cell: (row) => (
        <Anchor component={Link} to={`/office/reports/places?${behind(row, filter)}`} size="sm" fw={500}>
          {groupName(row, filter.by, locale)}
        </Anchor>
      ),
    },
    { key: 'rate', header: 'Attendance', align: 'right', cell: (row) => <Percent value={attendanceRate(row.sums)} /> },
    ...OUTCOMES.map(
      (outcome): Column<Row> => ({
        key: outcome,
        header: outcomeLabels[outcome],
        align: 'right',
        cell: (row) =>
          row.sums[outcome] === 0 ? (
            0
          ) : (
            <Anchor component={Link} to={`/office/reports/places?${behind(row, filter)}&outcome=${outcome}`} size="sm">
              {row.sums[outcome]}
            </Anchor>
          ),
      }),
    ),
  ];
  return (
    <DataTable
      caption="Places by how they ended"
      rows={report.rows}
      rowKey={(row) => row.key}
      columns={columns}
      footer={[
        'Total',
        <Percent key="rate" value={attendanceRate(report.total)} />,
        ...OUTCOMES.map((outcome) => report.total[outcome]),
      ]}
    />
  );
}
