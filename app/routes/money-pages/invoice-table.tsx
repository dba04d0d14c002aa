import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { dayBefore } from './period.ts';

interface InvoiceRow {
  id: string;
  numberText: string;
  clientName: string;
  currency: string;
  issuedOn: string;
  dueOn: string;
  periodFrom: string;
  periodTo: string;
  total: bigint;
  credited: bigint;
  writtenOff: bigint;
  open: bigint;
}

interface InvoiceTableProps {
  invoices: readonly InvoiceRow[];
  today: string;
  /** Where an invoice's page is. */
  base: string;
  /** A family sees its own alone. */
  withoutFamily?: boolean;
}

export function InvoiceTable({ invoices, today, base, withoutFamily = false }: InvoiceTableProps) {
  return (
    <DataTable
      caption="Invoices"
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      columns={[
        {
          key: 'number',
          header: 'Number',
          primary: true,
          cell: (invoice) => (
            <Anchor component={Link} to={`${base}/${invoice.id}`} size="sm" fw={500}>
              {invoice.numberText}
            </Anchor>
          ),
        },
        ...(withoutFamily ? [] : [{ key: 'family', header: 'Family', cell: (invoice: InvoiceRow) => invoice.clientName }]),
        {
          key: 'period',
          header: 'Period',
          wideOnly: true,
          cell: (invoice) => (
            <>
              <LocalDate value={invoice.periodFrom} /> – <LocalDate value={dayBefore(invoice.periodTo)} />
            </>
          ),
        },
        { key: 'due', header: 'Due', cell: (invoice) => <LocalDate value={invoice.dueOn} /> },
        {
          key: 'total',
          header: 'Total',
          align: 'right',
          cell: (invoice) => <Money value={invoice.total} currency={invoice.currency} />,
        },
        {
          key: 'open',
          header: 'Open',
          align: 'right',
          cell: (invoice) => <Money value={invoice.open} currency={invoice.currency} />,
        },
        { key: 'state', header: 'State', cell: (invoice) => <InvoiceState invoice={invoice} today={today} /> },
      ]}
    />
  );
}

export function InvoiceState({
  invoice,
  today,
}: {
  invoice: Pick<InvoiceRow, 'total' | 'credited' | 'writtenOff' | 'open' | 'dueOn'>;
  today: string;
}) {
  if (invoice.credited !== 0n && invoice.total + invoice.credited === 0n) return <StatusBadge label="Credited" tone="quiet" />;
  if (invoice.open <= 0n && invoice.writtenOff > 0n) return <StatusBadge label="Given up" tone="quiet" />;
  if (invoice.open <= 0n) return <StatusBadge label="Paid" tone="good" />;
  if (invoice.dueOn < today) return <StatusBadge label="Overdue" tone="bad" />;
  return <StatusBadge label="Open" tone="neutral" />;
}
