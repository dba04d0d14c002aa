import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { CreditLine } from '#app/domain/credits/credit-ledger.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Credits } from '#app/ui/money.tsx';
import { lineWords } from './line-words.ts';

interface Props {
  lines: readonly CreditLine[];
  sessionBase: string;
  /** Where a package's own page or row is. */
  lotAt: (lotId: string) => string;
  /** There are more than these. */
  more: boolean;
}

/** Every movement of a family's credits with what was left after it; each opens the session or package it comes from. */
export function CreditLines({ lines, sessionBase, lotAt, more }: Props) {
  const change = (value: bigint) => (value === 0n ? '–' : <Credits value={value} />);
  return (
    <>
      <DataTable
        caption="Movements of the credits, newest first"
        rows={lines}
        rowKey={(line) => line.id}
        columns={[
          { key: 'day', header: 'Day', cell: (line) => <LocalDate value={line.effectiveOn} /> },
          {
            key: 'what',
            header: 'What',
            primary: true,
            cell: (line) => <What line={line} sessionBase={sessionBase} lotAt={lotAt} />,
          },
          { key: 'available', header: 'Available', align: 'right', cell: (line) => change(line.available) },
          { key: 'booked', header: 'Booked', align: 'right', cell: (line) => change(line.booked), wideOnly: true },
          { key: 'used', header: 'Used', align: 'right', cell: (line) => change(line.used), wideOnly: true },
          { key: 'expired', header: 'Expired', align: 'right', cell: (line) => change(line.expired), wideOnly: true },
          { key: 'balance', header: 'Left', align: 'right', cell: (line) => <Credits value={line.balance} /> },
        ]}
      />
      {more ? (
        <Anchor component={Link} to="?lines=all" size="sm" mt="xs" display="inline-block" preventScrollReset className="no-print">
          Show all movements
        </Anchor>
      ) : null}
    </>
  );
}

function What({ line, sessionBase, lotAt }: Omit<Props, 'lines' | 'more'> & { line: CreditLine }) {
  const words = lineWords(line);
  return (
    <Stack gap={0}>
      {line.lotId ? (
        <Anchor component={Link} to={lotAt(line.lotId)} size="sm">
          {words}
        </Anchor>
      ) : (
        <span>{words}</span>
      )}
      {line.sessionId ? (
        <Anchor component={Link} to={`${sessionBase}/${line.sessionId}`} size="sm">
          {line.studentName}, <DateTime value={line.sessionStartsAt} plain />
        </Anchor>
      ) : null}
      {line.reason ? (
        <Text size="sm" c="dimmed">
          {line.reason}
        </Text>
      ) : null}
    </Stack>
  );
}
