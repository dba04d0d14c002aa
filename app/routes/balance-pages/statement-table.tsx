import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';

export interface ShownRow {
  id: string;
  day: string;
  what: string;
  invoiceId: string | null;
  creditNoteId: string | null;
  amount: bigint;
  balance: bigint;
}

interface StatementTableProps {
  rows: readonly ShownRow[];
  currency: string;
  opening: bigint;
  closing: bigint;
  /** Where an invoice's page is for this reader. */
  invoiceBase: string;
}

/** What was charged, paid and taken back, day by day; each document opens. */
export function StatementTable({ rows, currency, opening, closing, invoiceBase }: StatementTableProps) {
  const money = (value: bigint) => <Money value={value} currency={currency} />;
  const before: ShownRow = {
    ...{ id: 'before', day: '', what: opening < 0n ? 'Paid ahead before' : 'Owed before', invoiceId: null, creditNoteId: null },
    ...{ amount: 0n, balance: opening },
  };
  return (
    <DataTable
      caption="Statement"
      rows={[before, ...rows]}
      rowKey={(row) => row.id}
      columns={[
        { key: 'day', header: 'Day', cell: (row) => (row.day ? <LocalDate value={row.day} /> : '') },
        { key: 'what', header: 'What', primary: true, cell: (row) => <What row={row} invoiceBase={invoiceBase} /> },
        { key: 'charged', header: 'Charged', align: 'right', cell: (row) => (row.amount > 0n ? money(row.amount) : '') },
        { key: 'paid', header: 'Paid, taken back', align: 'right', cell: (row) => (row.amount < 0n ? money(-row.amount) : '') },
        { key: 'balance', header: 'Balance', align: 'right', cell: (row) => money(row.balance) },
      ]}
      footer={[null, closing < 0n ? 'Paid ahead at the end' : 'Owed at the end', null, null, money(closing)]}
    />
  );
}

function What({ row, invoiceBase }: { row: ShownRow; invoiceBase: string }) {
  if (row.invoiceId) {
    return (
      <Anchor component={Link} to={`${invoiceBase}/${row.invoiceId}`} size="sm">
        {row.what}
      </Anchor>
    );
  }
  if (row.creditNoteId) {
    return (
      <Anchor href={`/credit-notes/${row.creditNoteId}.pdf`} size="sm">
        {row.what}
      </Anchor>
    );
  }
  return row.what;
}
