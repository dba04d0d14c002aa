import { Alert, Group, List, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { payKindLabel } from '#app/domain/payroll/pay-run.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { many } from '../money-pages/many.ts';

export interface AdjustmentsRead {
  rows: readonly { tutorName: string; kind: string; localDate: string; amount: bigint; note: string }[];
  problems: readonly { line: number; text: string; message: string }[];
  /** The rows, to be read again when they are added. */
  text: string;
}

/** What would be added, and which lines can't be. */
export function AdjustmentPreview({ read, batchId, localDate }: { read: AdjustmentsRead; batchId: string; localDate: string }) {
  // It stands above the form that was sent, which on a phone is screens away.
  const section = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it was read anew.
  useEffect(() => section.current?.focus(), [read]);
  const sum = read.rows.reduce((total, row) => total + row.amount, 0n);
  return (
    <section aria-labelledby="preview" tabIndex={-1} ref={section}>
      <Title order={2} id="preview" mb="xs">
        {read.rows.length === 0 ? 'Nothing of it can be added' : `${many(read.rows.length, 'adjustment')} to be added`}
      </Title>
      <Stack gap="md">
        {read.problems.length > 0 ? (
          <Alert
            color="red"
            variant="light"
            role="alert"
            title={`${many(read.problems.length, 'line')} can’t be read and would be left out`}
          >
            <List size="sm">
              {read.problems.slice(0, 20).map((problem) => (
                <List.Item key={`${problem.line} ${problem.text}`}>
                  Line {problem.line}: {problem.message}.{' '}
                  <Text span size="sm" c="dimmed">
                    {problem.text}
                  </Text>
                </List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {read.rows.length === 0 ? null : (
          <>
            <DataTable
              caption="Adjustments to be added"
              rows={read.rows.map((row, index) => ({ ...row, key: String(index) }))}
              rowKey={(row) => row.key}
              columns={[
                { key: 'tutor', header: 'Tutor', primary: true, cell: (row) => row.tutorName },
                { key: 'day', header: 'Day', cell: (row) => <LocalDate value={row.localDate} /> },
                { key: 'kind', header: 'Kind', cell: (row) => payKindLabel(row.kind) },
                { key: 'note', header: 'Note', cell: (row) => row.note || '–' },
                { key: 'amount', header: 'Amount', align: 'right', cell: (row) => <Money value={row.amount} /> },
              ]}
              footer={['Total', null, null, null, <Money key="sum" value={sum} />]}
            />
            <Form method="post">
              <input type="hidden" name="intent" value="add-adjustments" />
              <input type="hidden" name="batchId" value={batchId} />
              <input type="hidden" name="localDate" value={localDate} />
              <textarea name="text" defaultValue={read.text} hidden />
              <Group>
                <SubmitButton>Add {many(read.rows.length, 'adjustment')}</SubmitButton>
              </Group>
            </Form>
          </>
        )}
      </Stack>
    </section>
  );
}
