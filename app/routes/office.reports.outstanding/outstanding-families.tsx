import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { AGES, type Age, ageLabels } from '#app/domain/reports/outstanding.ts';
import type { OutstandingFamily } from '#app/domain/reports/outstanding-queries.server.ts';
import { permille } from '#app/domain/reports/teaching.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { Money } from '#app/ui/money.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { Figures, Percent } from '../report-pages/figures.tsx';
import { type OutstandingFilter, outstandingQuery } from '../report-pages/outstanding-filter.ts';
import { ReportChart } from '../report-pages/report-chart.tsx';

const path = '/office/reports/outstanding';

/** By family and by age; each amount opens its invoices. */
export function OutstandingFamilies({ families, filter }: { families: OutstandingFamily[]; filter: OutstandingFilter }) {
  const { locale, currency } = useViewer();
  const sum = (of: (family: OutstandingFamily) => bigint) => families.reduce((total, family) => total + of(family), 0n);
  const open = sum((family) => family.open);
  const unapplied = sum((family) => family.unapplied);
  const overdue = open - sum((family) => family.current);
  const scale = 10 ** currencyDigits(currency);
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
  const to = (client: string, age: Age | '') => `${path}?${outstandingQuery({ ...filter, client, age })}`;
  const columns: Column<OutstandingFamily>[] = [
    {
      key: 'family',
      header: 'Family',
      primary: true,
      cell: (family) => (
        <Anchor component={Link} to={`/office/clients/${family.clientId}`} size="sm" fw={500}>
          {family.clientName}
        </Anchor>
      ),
    },
    ...AGES.map(
      (age): Column<OutstandingFamily> => ({
        key: age,
        header: ageLabels[age],
        align: 'right',
        cell: (family) =>
          family[age] === 0n ? null : (
            <Anchor component={Link} to={to(family.clientId, age)} size="sm">
              <Money value={family[age]} />
            </Anchor>
          ),
      }),
    ),
    {
      key: 'open',
      header: 'Open',
      align: 'right',
      cell: (family) => (
        <Anchor component={Link} to={to(family.clientId, '')} size="sm">
          <Money value={family.open} />
        </Anchor>
      ),
    },
    {
      key: 'ahead',
      header: 'Paid ahead',
      align: 'right',
      cell: (family) => (family.unapplied === 0n ? null : <Money value={family.unapplied} />),
    },
  ];
  return (
    <>
      <Figures
        against={undefined}
        figures={[
          { label: 'Open', value: <Money value={open} /> },
          {
            label: 'Overdue',
            value: <Money value={overdue} />,
            note: open > 0n ? <Percent value={permille(overdue, open)} /> : null,
          },
          { label: 'Paid ahead', value: <Money value={unapplied} /> },
          { label: 'Receivable', value: <Money value={open - unapplied} />, note: 'as the books have it' },
        ]}
      />
      <ReportChart
        label="Open by age"
        data={AGES.map((age) => ({ label: ageLabels[age], open: Number(sum((family) => family[age])) / scale }))}
        series={[{ name: 'open', label: 'Open', color: 'lectern.6' }]}
        format={(value) => format.format(value)}
      />
      <DataTable
        caption="Outstanding by family and age"
        rows={families}
        rowKey={(family) => family.clientId}
        columns={columns}
        footer={[
          'Total',
          ...AGES.map((age) => (
            <Anchor key={age} component={Link} to={to('', age)} size="sm" fw={600}>
              <Money value={sum((family) => family[age])} />
            </Anchor>
          )),
          <Money key="open" value={open} />,
          <Money key="ahead" value={unapplied} />,
        ]}
      />
    </>
  );
}
