import { Title } from '@mantine/core';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Credits, Money } from '#app/ui/money.tsx';

interface Lot {
  id: string;
  ref: string;
  credits: bigint;
  left: bigint;
  price: bigint;
  purchasedOn: string;
  expiresOn: string | null;
  studentName: string | null;
  programName: string | null;
}

export function CreditLots({ lots, today }: { lots: readonly Lot[]; today: string }) {
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
          { key: 'ref', header: 'Package', primary: true, cell: (lot) => lot.ref },
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
          { key: 'price', header: 'Price', align: 'right', cell: (lot) => <Money value={lot.price} /> },
        ]}
      />
    </section>
  );
}
