import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { CollectionView } from '#app/domain/payments/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';

/** What is, or could not be, taken from saved cards; for the office. */
export function ChargesTable({ caption, charges }: { caption: string; charges: readonly CollectionView[] }) {
  return (
    <DataTable
      caption={caption}
      rows={charges}
      rowKey={(charge) => charge.id}
      columns={[
        {
          key: 'family',
          header: 'Family',
          primary: true,
          cell: (charge) => (
            <Anchor component={Link} to={`/office/clients/${charge.clientId}`} size="sm" fw={500}>
              {charge.clientName}
            </Anchor>
          ),
        },
        {
          key: 'invoice',
          header: 'Invoice',
          cell: (charge) => (
            <Anchor component={Link} to={`/office/invoices/${charge.invoiceId}`} size="sm">
              {charge.invoiceNumber}
            </Anchor>
          ),
        },
        {
          key: 'amount',
          header: 'Amount',
          align: 'right',
          cell: (charge) => <Money value={charge.amount} currency={charge.currency} />,
        },
        {
          key: 'when',
          header: 'When',
          cell: (charge) => (charge.chargeAt ? <DateTime value={charge.chargeAt} /> : <DateTime value={charge.createdAt} />),
        },
        {
          key: 'attempts',
          header: 'Tried',
          align: 'right',
          cell: (charge) => (charge.attempts === 0 ? '–' : `${charge.attempts}×`),
        },
        { key: 'why', header: 'Why', cell: (charge) => charge.error ?? '–' },
      ]}
    />
  );
}
