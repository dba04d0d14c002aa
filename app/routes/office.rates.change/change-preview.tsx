import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { ChangedRate } from '#app/domain/billing/rate-change.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import type { FormValues } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { basisWords, rateScopeText } from '../record-forms/rate-words.tsx';

interface Sum {
  count: number;
  charge: bigint;
  pay: bigint;
}

interface Effect {
  sessionId: string;
  ref: string;
  localDate: string;
  tutorName: string;
  state: 'planned' | 'settled';
  charge: bigint;
  pay: bigint;
}

interface Props {
  preview: { rows: ChangedRate[]; effects: Effect[]; more: number; sums: { planned: Sum; settled: Sum }; hash: string };
  values: FormValues;
}

export function ChangePreview({ preview, values }: Props) {
  const { rows, effects, more, sums, hash } = preview;
  return (
    <>
      <Panel title={rows.length === 1 ? 'One rate changes' : `${rows.length} rates change`}>
        <DataTable
          caption="Rates that change"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'scope',
              header: 'Rate',
              primary: true,
              cell: (row) => (
                <Anchor component={Link} to={`/office/rates/${row.id}`} size="sm">
                  {rateScopeText(row)}
                </Anchor>
              ),
            },
            { key: 'side', header: 'For', cell: (row) => (row.side === 'charge' ? 'Client is charged' : 'Tutor is paid') },
            { key: 'from', header: 'From', cell: (row) => <LocalDate value={row.from} /> },
            { key: 'was', header: 'Was', align: 'right', cell: (row) => <Money value={row.was} /> },
            {
              key: 'is',
              header: 'Becomes',
              align: 'right',
              cell: (row) => (
                <>
                  <strong>
                    <Money value={row.is} />
                  </strong>{' '}
                  {basisWords[row.basis]}
                </>
              ),
            },
            { key: 'by', header: 'By', align: 'right', cell: (row) => <Money value={row.is - row.was} /> },
          ]}
        />
      </Panel>
      <Panel title="Sessions it alters">
        <Stack gap={4}>
          <SumLine sum={sums.planned} what="planned" />
          <SumLine sum={sums.settled} what="taught, and not invoiced or paid yet" />
        </Stack>
        {effects.length > 0 ? (
          <DataTable
            caption="Sessions that come to another amount"
            rows={effects}
            rowKey={(row) => row.sessionId}
            columns={[
              { key: 'day', header: 'Day', cell: (row) => <LocalDate value={row.localDate} /> },
              {
                key: 'session',
                header: 'Session',
                primary: true,
                cell: (row) => (
                  <Anchor component={Link} to={`/office/sessions/${row.sessionId}`} size="sm">
                    {row.ref}, {row.tutorName}
                  </Anchor>
                ),
              },
              { key: 'state', header: 'State', cell: (row) => (row.state === 'planned' ? 'Planned' : 'Taught') },
              { key: 'charge', header: 'Families pay', align: 'right', cell: (row) => <Money value={row.charge} /> },
              { key: 'pay', header: 'Tutor gets', align: 'right', cell: (row) => <Money value={row.pay} /> },
            ]}
          />
        ) : null}
        {more > 0 ? (
          <Text size="sm" c="dimmed">
            And {more} more; the sums above are of all of them.
          </Text>
        ) : null}
      </Panel>
      <Form method="post">
        {Object.entries(values).flatMap(([name, all]) =>
          all.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
        )}
        <input type="hidden" name="hash" value={hash} />
        <Group gap="sm">
          <SubmitButton>{rows.length === 1 ? 'Change this rate' : `Change these ${rows.length} rates`}</SubmitButton>
          <Text size="xs" c="dimmed">
            All at once, or nothing; it can be taken back
          </Text>
        </Group>
      </Form>
    </>
  );
}

function SumLine({ sum, what }: { sum: Sum; what: string }) {
  return (
    <Text size="sm">
      {sum.count === 1 ? 'One session' : `${sum.count} sessions`} {what}
      {sum.count === 0 ? null : (
        <>
          : families pay <Money value={sum.charge} /> and tutors get <Money value={sum.pay} /> more or less, net
        </>
      )}
    </Text>
  );
}
