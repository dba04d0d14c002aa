import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { LotLine } from '#app/domain/credits/lot-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Credits } from '#app/ui/money.tsx';

/** Where the credits of one package went; each line opens its session, or the family they went to. */
export function LotLines({ lines }: { lines: readonly LotLine[] }) {
  return (
    <DataTable
      caption="Movements of the package, newest first"
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        { key: 'day', header: 'Day', cell: (line) => <LocalDate value={line.effectiveOn} /> },
        {
          key: 'what',
          header: 'What',
          primary: true,
          cell: (line) => (
            <Stack gap={0}>
              {line.sessionId ? (
                <Anchor component={Link} to={`/office/sessions/${line.sessionId}`} size="sm">
                  {line.studentName}, <DateTime value={line.sessionStartsAt} plain />
                </Anchor>
              ) : (
                <span>{line.description}</span>
              )}
              {line.otherId ? (
                <Anchor component={Link} to={`/office/credits/${line.otherId}`} size="sm">
                  To {line.otherName}
                </Anchor>
              ) : null}
              {line.reason ? (
                <Text size="sm" c="dimmed">
                  {line.reason}
                </Text>
              ) : null}
            </Stack>
          ),
        },
        { key: 'amount', header: 'Credits', align: 'right', cell: (line) => <Credits value={line.amount} /> },
        { key: 'left', header: 'Left', align: 'right', cell: (line) => <Credits value={line.left} /> },
      ]}
    />
  );
}
