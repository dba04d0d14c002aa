import { Anchor, Stack } from '@mantine/core';
import { Link } from '@remix-run/react';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Credits } from '#app/ui/money.tsx';

interface Movement {
  id: string;
  effectiveOn: string;
  description: string;
  sessionId: string | null;
  sessionStartsAt: Date | null;
  studentName: string | null;
  available: bigint;
  booked: bigint;
  used: bigint;
  expired: bigint;
}

/** Every movement of a family's credits; each opens the session it comes from. */
export function CreditMovements({ movements, sessionBase }: { movements: readonly Movement[]; sessionBase: string }) {
  const change = (value: bigint) => (value === 0n ? '–' : <Credits value={value} />);
  return (
    <DataTable
      caption="Movements of the credits, newest first"
      rows={movements}
      rowKey={(movement) => movement.id}
      columns={[
        { key: 'day', header: 'Day', cell: (movement) => <LocalDate value={movement.effectiveOn} /> },
        {
          key: 'what',
          header: 'For',
          primary: true,
          cell: (movement) => (
            <Stack gap={0}>
              <span>{whatHappened(movement)}</span>
              {movement.sessionId ? (
                <Anchor component={Link} to={`${sessionBase}/${movement.sessionId}`} size="sm">
                  {movement.studentName}, <DateTime value={movement.sessionStartsAt} plain />
                </Anchor>
              ) : null}
            </Stack>
          ),
        },
        { key: 'available', header: 'Available', align: 'right', cell: (movement) => change(movement.available) },
        { key: 'booked', header: 'Booked', align: 'right', cell: (movement) => change(movement.booked) },
        { key: 'used', header: 'Used', align: 'right', cell: (movement) => change(movement.used) },
        { key: 'expired', header: 'Expired', align: 'right', cell: (movement) => change(movement.expired), wideOnly: true },
      ]}
    />
  );
}

function whatHappened({ sessionId, description, available, booked, used }: Movement): string {
  if (!sessionId) return description;
  if (used > 0n) return available > 0n ? 'Used in part, the rest given back' : 'Used';
  if (used < 0n) return 'Settled otherwise';
  return booked > 0n ? 'Booked' : 'Given back';
}
