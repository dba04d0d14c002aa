import { Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { lineAmount } from '#app/domain/billing/money.ts';
import type { TimeSheetEntryView } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Money } from '#app/ui/money.tsx';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  entries: readonly TimeSheetEntryView[];
  currency: string;
  answer: RecordAnswer | undefined;
}

/** What waits for approval, in one form: all that are ticked, or one back to its tutor. They come ticked. */
export function Waiting({ entries, currency, answer }: Props) {
  const errors = Object.entries(answer?.errors ?? {}).filter(([name]) => /^(amount|reason)\./.test(name));
  const own = answer?.values.intent === undefined;
  if (entries.length === 0) return <Text c="dimmed">Nothing waits for approval.</Text>;
  return (
    <section aria-labelledby="waiting">
      <Title order={2} id="waiting" mb="xs">
        To approve: {entries.length}
      </Title>
      <Form method="post" noValidate preventScrollReset>
        <Stack gap="sm">
          <ErrorSummary message={own ? answer?.message : undefined} errors={Object.fromEntries(errors)} />
          <DataTable
            caption="Entries that wait for approval"
            rows={entries}
            rowKey={(entry) => entry.id}
            columns={[
              {
                key: 'tutor',
                header: 'Tutor',
                primary: true,
                cell: (entry) => (
                  <>
                    <Checkbox name="entry" value={entry.id} defaultChecked label={entry.tutorName} />
                    <input type="hidden" name={`version.${entry.id}`} value={entry.version} />
                  </>
                ),
              },
              { key: 'day', header: 'Day', cell: (entry) => <LocalDate value={entry.localDate} /> },
              { key: 'what', header: 'What', cell: (entry) => (entry.note ? `${entry.kind}: ${entry.note}` : entry.kind) },
              { key: 'minutes', header: 'Minutes', align: 'right', cell: (entry) => entry.minutes },
              {
                key: 'rate',
                header: `An hour (${currency})`,
                align: 'right',
                cell: (entry) =>
                  entry.kindAmount === null ? (
                    <TextInput
                      id={`amount.${entry.id}`}
                      name={`amount.${entry.id}`}
                      aria-label={`An hour of ${entry.kind} of ${entry.tutorName}`}
                      size="xs"
                      w={90}
                      inputMode="decimal"
                      defaultValue={answer?.values[`amount.${entry.id}`]?.[0] ?? ''}
                      error={answer?.errors[`amount.${entry.id}`] ? true : undefined}
                    />
                  ) : (
                    <Money value={entry.kindAmount} />
                  ),
              },
              {
                key: 'pay',
                header: 'Pay',
                align: 'right',
                cell: (entry) => <Money value={entry.kindAmount === null ? null : lineAmount(entry.kindAmount, entry.minutes)} />,
              },
              {
                key: 'back',
                header: 'Or',
                cell: (entry) => (
                  <Group gap="xs" wrap="nowrap">
                    <TextInput
                      id={`reason.${entry.id}`}
                      name={`reason.${entry.id}`}
                      size="xs"
                      placeholder="Reason"
                      aria-label={`Reason to send back ${entry.kind} of ${entry.tutorName}`}
                      error={answer?.errors[`reason.${entry.id}`] ? true : undefined}
                    />
                    <SubmitButton name="send-back" value={entry.id} variant="subtle" size="compact-sm">
                      Send back
                    </SubmitButton>
                  </Group>
                ),
              },
            ]}
          />
          <Group>
            <SubmitButton>Approve what is ticked</SubmitButton>
          </Group>
        </Stack>
      </Form>
    </section>
  );
}
