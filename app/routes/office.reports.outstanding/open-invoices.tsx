import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ageLabels } from '#app/domain/reports/outstanding.ts';
import type { OutstandingInvoice } from '#app/domain/reports/outstanding-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';

/** The invoices behind an amount. */
export function OpenInvoices({ invoices }: { invoices: OutstandingInvoice[] }) {
  if (invoices.length === 0)
    return (
      <EmptyState
        title="No invoice fits these filters"
        text="Invoices of this age that are not all paid are listed here."
        action={{ to: '/office/reports/outstanding', label: 'Show all families' }}
      />
    );
  return (
    <DataTable
      caption="Open invoices"
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      columns={[
        {
          key: 'number',
          header: 'Invoice',
          primary: true,
          cell: (invoice) => (
            <Anchor component={Link} to={`/office/invoices/${invoice.id}`} size="sm" fw={500}>
              {invoice.numberText}
            </Anchor>
          ),
        },
        { key: 'family', header: 'Family', cell: (invoice) => invoice.clientName },
        { key: 'issued', header: 'Issued', cell: (invoice) => <LocalDate value={invoice.issuedOn} />, wideOnly: true },
        { key: 'due', header: 'Due', cell: (invoice) => <LocalDate value={invoice.dueOn} /> },
        { key: 'age', header: 'Age', cell: (invoice) => ageLabels[invoice.age] },
        { key: 'total', header: 'Total', align: 'right', cell: (invoice) => <Money value={invoice.total} /> },
        { key: 'open', header: 'Open', align: 'right', cell: (invoice) => <Money value={invoice.open} /> },
      ]}
      footer={[
        'Total',
        null,
        null,
        null,
        null,
        null,
        <Money key="open" value={invoices.reduce((sum, invoice) => sum + invoice.open, 0n)} />,
      ]}
    />
  );
}
