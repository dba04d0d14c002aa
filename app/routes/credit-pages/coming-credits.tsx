import { Anchor, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ComingCredits as Coming } from '#app/domain/credits/credit-ledger.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Credits } from '#app/ui/money.tsx';

/** What is booked: the sessions that hold credits, the next one first. */
export function ComingCredits({ coming, sessionBase }: { coming: readonly Coming[]; sessionBase: string }) {
  if (coming.length === 0) return null;
  return (
    <section aria-labelledby="coming">
      <Title order={2} id="coming" mb="xs">
        Booked
      </Title>
      <DataTable
        caption="Sessions that hold credits"
        rows={coming}
        rowKey={(one) => `${one.sessionId}${one.studentName}`}
        columns={[
          {
            key: 'when',
            header: 'Session',
            primary: true,
            cell: (one) => (
              <Anchor component={Link} to={`${sessionBase}/${one.sessionId}`} size="sm">
                <DateTime value={one.startsAt} plain />
              </Anchor>
            ),
          },
          { key: 'what', header: 'What', cell: (one) => one.title },
          { key: 'who', header: 'For', cell: (one) => one.studentName },
          { key: 'booked', header: 'Credits', align: 'right', cell: (one) => <Credits value={one.booked} /> },
        ]}
      />
    </section>
  );
}
