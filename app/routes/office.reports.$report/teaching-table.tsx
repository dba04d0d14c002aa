import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import {
  growth,
  type Metric,
  marginOf,
  metricOf,
  payOf,
  permille,
  revenueOf,
  type TeachingRow,
  type TeachingSums,
} from '#app/domain/reports/teaching.ts';
import type { TeachingReportPage } from '#app/domain/reports/teaching-report.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { Money } from '#app/ui/money.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { Growth, Hours, Percent } from '../report-pages/figures.tsx';
import { behind, groupLabels, groupName } from '../report-pages/groups.ts';
import { type ReportFilter, reportQuery } from '../report-pages/report-filter.ts';

interface TeachingTableProps {
  report: TeachingReportPage;
  metric: Metric;
  filter: ReportFilter;
}

type Cell = { header: string; wideOnly?: boolean; cell: (sums: TeachingSums) => ReactNode };

const hours: Cell = { header: 'Hours', cell: (sums) => <Hours minutes={sums.minutes} /> };
const sessions: Cell = { header: 'Sessions', cell: (sums) => sums.sessions };
const money = (header: string, of: (sums: TeachingSums) => bigint, wideOnly = false): Cell => ({
  header,
  wideOnly,
  cell: (sums) => <Money value={of(sums)} />,
});

const cells: Record<Metric, Cell[]> = {
  hours: [hours, { header: 'Student hours', cell: (sums) => <Hours minutes={sums.studentMinutes} /> }, sessions],
  revenue: [
    sessions,
    money('Invoiced', (sums) => sums.invoiced, true),
    money('Not invoiced', (sums) => sums.unbilled, true),
    money('By credits', (sums) => sums.credits, true),
    money('Revenue', revenueOf),
  ],
  pay: [
    hours,
    money('Teaching', (sums) => sums.wages, true),
    money('Mileage', (sums) => sums.mileage, true),
    money('Other', (sums) => sums.otherPay, true),
    money('Pay', payOf),
  ],
  margin: [
    hours,
    money('Revenue', revenueOf),
    money('Pay', payOf),
    money('Margin', marginOf),
    { header: 'Of revenue', cell: (sums) => <Percent value={permille(marginOf(sums), revenueOf(sums))} /> },
  ],
};

/** A row for each tutor, program, subject, month or week; its name opens the sessions behind its numbers. */
export function TeachingTable({ report, metric, filter }: TeachingTableProps) {
  const { locale } = useViewer();
  const { by } = filter;
  const columns: Column<TeachingRow>[] = [
    {
      key: 'name',
      header: groupLabels[by],
      primary: true,
      cell: (row) => (
        <Anchor component={Link} to={`/office/reports/lines?${behind(row, filter)}`} size="sm" fw={500}>
          {groupName(row, by, locale)}
        </Anchor>
      ),
    },
    ...cells[metric].map(
      ({ header, wideOnly = false, cell }): Column<TeachingRow> => ({
        key: header,
        header,
        align: 'right',
        wideOnly,
        cell: (row) => cell(row.now),
      }),
    ),
  ];
  const compares = report.rows.some((row) => row.before !== undefined);
  if (compares)
    columns.push({
      key: 'change',
      header: 'Change',
      align: 'right',
      cell: ({ now, before }) => (before ? <Growth value={growth(metricOf(now, metric), metricOf(before, metric))} /> : null),
    });
  return (
    <DataTable
      caption={`${groupLabels[by]} by ${groupLabels[by].toLowerCase()}`}
      rows={report.rows}
      rowKey={(row) => row.key ?? 'none'}
      columns={columns}
      footer={[
        <Anchor key="all" component={Link} to={`/office/reports/lines?${reportQuery(filter)}`} size="sm" fw={600}>
          Total
        </Anchor>,
        ...cells[metric].map(({ cell }) => cell(report.total)),
        ...(compares
          ? [
              report.before ? (
                <Growth key="change" value={growth(metricOf(report.total, metric), metricOf(report.before, metric))} />
              ) : null,
            ]
          : []),
      ]}
    />
  );
}
