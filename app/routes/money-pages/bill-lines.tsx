import { Anchor, Stack } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { shortPercent } from '#app/domain/billing/tax.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Why } from './why.tsx';

export interface BillLine {
  key: string;
  localDate: string;
  description: string;
  /** Where the line's session is shown to this reader. */
  sessionTo: string | null;
  minutes: number | null;
  amount: bigint;
  taxPercent?: string;
  late: boolean;
  reason: unknown;
  note?: ReactNode;
  /** Where what the line is of can be set right, for who may. */
  correctTo?: string;
}

/** Lines of a bill or a statement; each opens its session and says why it is what it is. */
export function BillLines({
  caption,
  lines,
  currency,
  extra = [],
}: {
  caption: string;
  lines: readonly BillLine[];
  currency?: string;
  extra?: Column<BillLine>[];
}) {
  const columns: Column<BillLine>[] = [
    { key: 'day', header: 'Day', cell: (line) => <LocalDate value={line.localDate} /> },
    {
      key: 'what',
      header: 'For',
      primary: true,
      cell: (line) => (
        <Stack gap={0}>
          <span>
            {line.sessionTo ? (
              <Anchor component={Link} to={line.sessionTo} size="sm">
                {line.description}
              </Anchor>
            ) : (
              line.description
            )}{' '}
            {line.late ? <StatusBadge label="Late" tone="attention" /> : null}
          </span>
          <Why reason={line.reason} {...(currency ? { currency } : {})} />
          {line.note ? <span>{line.note}</span> : null}
          {line.correctTo ? (
            <Anchor component={Link} to={line.correctTo} size="xs" aria-label={`Correct ${line.description}`}>
              Correct the session
            </Anchor>
          ) : null}
        </Stack>
      ),
    },
    { key: 'minutes', header: 'Minutes', align: 'right', cell: (line) => line.minutes ?? '–', wideOnly: true },
    ...(lines.some((line) => line.taxPercent !== undefined)
      ? [
          {
            key: 'tax',
            header: 'Tax',
            align: 'right' as const,
            cell: (line: BillLine) => `${shortPercent(line.taxPercent ?? '0')}%`,
            wideOnly: true,
          },
        ]
      : []),
    {
      key: 'amount',
      header: 'Amount',
      align: 'right',
      cell: (line) => <Money value={line.amount} {...(currency ? { currency } : {})} />,
    },
    ...extra,
  ];
  return <DataTable caption={caption} columns={columns} rows={lines} rowKey={(line) => line.key} />;
}
