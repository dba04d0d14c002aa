import { Title } from '@mantine/core';
import type { MilesOfMonth } from '#app/domain/payroll/miles-of-months.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { Money } from '#app/ui/money.tsx';
import { useViewer } from '#app/ui/viewer.ts';

/** What was driven, month by month. */
export function Miles({ months }: { months: readonly MilesOfMonth[] }) {
  const { locale } = useViewer();
  if (months.length === 0) return null;
  const monthText = (month: string) =>
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-15T12:00:00Z`),
    );
  return (
    <section aria-labelledby="miles">
      <Title order={2} id="miles" mb="xs">
        Miles
      </Title>
      <DataTable
        caption="Miles by month"
        rows={[...months]}
        rowKey={(one) => one.month}
        columns={[
          { key: 'month', header: 'Month', primary: true, cell: (one) => monthText(one.month) },
          { key: 'journeys', header: 'Journeys', align: 'right', cell: (one) => one.journeys },
          { key: 'miles', header: 'Miles', align: 'right', cell: (one) => one.miles },
          { key: 'amount', header: 'Paid for them', align: 'right', cell: (one) => <Money value={one.amount} /> },
        ]}
      />
    </section>
  );
}
