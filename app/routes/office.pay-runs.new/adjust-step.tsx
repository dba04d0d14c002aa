import { FileInput, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form } from '@remix-run/react';
import { useState } from 'react';
import { ADJUSTMENT_KINDS, payKindLabel } from '#app/domain/payroll/pay-run.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { AdjustmentPreview, type AdjustmentsRead } from './adjustment-preview.tsx';
import type { loadWizard } from './load.server.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

export type WizardAnswer = Refusal & { adjustments?: AdjustmentsRead };

interface Props {
  adjust: Page['adjust'];
  until: string;
  currency: string;
  answer:
    | { values: Record<string, string>; errors: Record<string, string>; form?: string; adjustments?: AdjustmentsRead }
    | undefined;
}

/** Bonuses, corrections and expenses of many tutors at once: in a grid, pasted, or from a file; looked at before they are added. */
export function AdjustStep({ adjust, until, currency, answer }: Props) {
  const form = useFocusFirstError(answer);
  const mounted = useMounted();
  const [fileText, setFileText] = useState('');
  if (!adjust) return null;
  const read = answer?.adjustments;
  const kept = (name: string, otherwise = '') => answer?.values[name] ?? otherwise;
  return (
    <Stack gap="xl">
      {adjust.open.length === 0 ? null : (
        <section aria-labelledby="in-run">
          <Title order={2} id="in-run" mb="xs">
            Adjustments waiting
          </Title>
          <DataTable
            caption="Adjustments that no run has paid"
            rows={adjust.open}
            rowKey={(one) => one.itemId}
            columns={[
              { key: 'tutor', header: 'Tutor', primary: true, cell: (one) => one.tutorName },
              { key: 'day', header: 'Day', cell: (one) => <LocalDate value={one.localDate} /> },
              { key: 'kind', header: 'Kind', cell: (one) => payKindLabel(one.kind) },
              { key: 'note', header: 'Note', cell: (one) => one.note || '–' },
              {
                key: 'where',
                header: 'Run',
                cell: (one) => (one.inRun ? 'This one' : <StatusBadge label="Not this one" tone="attention" />),
              },
              { key: 'amount', header: 'Amount', align: 'right', cell: (one) => <Money value={one.amount} /> },
              {
                key: 'remove',
                header: '',
                cell: (one) => (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="intent" value="remove-adjustment" />
                    <SubmitButton
                      name="itemId"
                      value={one.itemId}
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`Take ${payKindLabel(one.kind).toLowerCase()} of ${one.tutorName} back`}
                    >
                      Take back
                    </SubmitButton>
                  </Form>
                ),
              },
            ]}
          />
        </section>
      )}
      {read ? <AdjustmentPreview read={read} batchId={adjust.formId} localDate={kept('localDate', until)} /> : null}
      <section aria-labelledby="bulk">
        <Title order={2} id="bulk" mb="xs">
          {read ? 'Change what you entered' : 'Add adjustments'}
        </Title>
        <Form method="post" ref={form} noValidate preventScrollReset={false}>
          <input type="hidden" name="intent" value="preview-adjustments" />
          <Stack gap="md">
            {answer?.form === 'adjustments' ? <ErrorSummary errors={answer.errors} /> : null}
            <TextInput
              id="localDate"
              name="localDate"
              type="date"
              label="Day, for all that say none"
              maw={240}
              defaultValue={kept('localDate', until)}
            />
            <details open={answer?.form === 'adjustments' && answer.values.pasted ? true : undefined}>
              <summary style={{ cursor: 'pointer', fontSize: 14, fontWeight: 500 }}>Paste lines, or take a CSV file</summary>
              <Stack gap="sm" mt="xs">
                <Textarea
                  id="pasted"
                  name="pasted"
                  label="Tutor, kind, amount, note, day; a line each"
                  description="The tutor by reference, e-mail address or name; note and day may be left out. As copied from a spreadsheet, or with commas."
                  placeholder={`T001, bonus, 25.00, Open day, ${until}`}
                  autosize
                  minRows={4}
                  maxRows={14}
                  defaultValue={kept('pasted')}
                  error={answer?.errors.pasted}
                />
                {mounted ? (
                  <>
                    <input type="hidden" name="file" value={fileText} />
                    <FileInput
                      label="Or a CSV file of the same columns"
                      accept=".csv,text/csv,text/plain"
                      maw={400}
                      clearable
                      onChange={async (file) => setFileText(file && file.size <= 200_000 ? await file.text() : '')}
                    />
                  </>
                ) : null}
              </Stack>
            </details>
            <DataTable
              caption="Adjustments by tutor"
              rows={adjust.tutors}
              rowKey={(tutor) => tutor.id}
              columns={[
                { key: 'tutor', header: 'Tutor', primary: true, cell: (tutor) => tutor.name },
                { key: 'total', header: 'So far', align: 'right', cell: (tutor) => <Money value={tutor.total} /> },
                {
                  key: 'kind',
                  header: 'Kind',
                  cell: (tutor) => (
                    <NativeSelect
                      name={`kind.${tutor.ref}`}
                      aria-label={`Kind for ${tutor.name}`}
                      size="xs"
                      defaultValue={kept(`kind.${tutor.ref}`, 'bonus')}
                      data={ADJUSTMENT_KINDS.map((value) => ({ value, label: payKindLabel(value) }))}
                    />
                  ),
                },
                {
                  key: 'amount',
                  header: `Amount (${currency})`,
                  cell: (tutor) => (
                    <TextInput
                      name={`amount.${tutor.ref}`}
                      aria-label={`Amount for ${tutor.name}`}
                      size="xs"
                      inputMode="decimal"
                      defaultValue={kept(`amount.${tutor.ref}`)}
                    />
                  ),
                },
                {
                  key: 'note',
                  header: 'Note',
                  cell: (tutor) => (
                    <TextInput
                      name={`note.${tutor.ref}`}
                      aria-label={`Note for ${tutor.name}`}
                      size="xs"
                      maxLength={500}
                      defaultValue={kept(`note.${tutor.ref}`)}
                    />
                  ),
                },
              ]}
            />
            <Group>
              <SubmitButton variant={read ? 'default' : 'filled'}>Look at them first</SubmitButton>
              <Text size="sm" c="dimmed">
                Nothing is added before you have seen it.
              </Text>
            </Group>
          </Stack>
        </Form>
      </section>
    </Stack>
  );
}
