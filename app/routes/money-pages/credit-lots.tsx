import { Anchor, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Credits, Money } from '#app/ui/money.tsx';

interface Lot {
  id: string;
  ref: string;
  kind: 'sold' | 'gift' | 'correction' | 'transfer';
  packageName: string | null;
  credits: bigint;
  left: bigint;
  price: bigint;
  purchasedOn: string;
  expiresOn: string | null;
  studentName: string | null;
  programName: string | null;
}

const others = { gift: 'Given', correction: 'Added by a correction', transfer: 'Moved here' };

const nameOf = (lot: Lot) => (lot.kind === 'sold' ? (lot.packageName ?? lot.ref) : others[lot.kind]);

/** @param lotAt the package's own page; none: its row is what there is of it */
export function CreditLots({ lots, today, lotAt }: { lots: readonly Lot[]; today: string; lotAt?: (lotId: string) => string }) {
  if (lots.length === 0) return null;
  return (
    <section aria-labelledby="packages">
      <Title order={2} id="packages" mb="xs">
        Packages
      </Title>
      <DataTable
        caption="Packages"
        rows={lots}
        rowKey={(lot) => lot.id}
        columns={[
          {
            key: 'ref',
            header: 'Package',
            primary: true,
            cell: (lot) =>
              lotAt ? (
                <Anchor component={Link} to={lotAt(lot.id)} size="sm">
                  {nameOf(lot)}
                </Anchor>
              ) : (
                <span id={`lot-${lot.id}`}>{nameOf(lot)}</span>
              ),
          },
          { key: 'bought', header: 'Bought', cell: (lot) => <LocalDate value={lot.purchasedOn} /> },
          {
            key: 'expires',
            header: 'Last day',
            cell: (lot) =>
              lot.expiresOn === null ? (
                'Never expires'
              ) : (
                <>
                  <LocalDate value={lot.expiresOn} /> {lot.expiresOn < today ? '(over)' : ''}
                </>
              ),
          },
          {
            key: 'for',
            header: 'For',
            cell: (lot) => [lot.studentName, lot.programName].filter(Boolean).join(', ') || 'All',
            wideOnly: true,
          },
          { key: 'credits', header: 'Credits', align: 'right', cell: (lot) => <Credits value={lot.credits} /> },
          { key: 'left', header: 'Left', align: 'right', cell: (lot) => <Credits value={lot.left} /> },
          {
            key: 'price',
            header: 'Price',
            align: 'right',
            cell: (lot) => (lot.kind === 'sold' ? <Money value={lot.price} /> : '–'),
          },
        ]}
      />
    </section>
  );
}
