import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { FormAnswer } from '#app/ui/form-answer.ts';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface CreditNoteFormProps {
  lines: readonly { id: string; localDate: string; description: string; net: bigint; credited: bigint }[];
  currency: string;
  formId: string;
  answer: FormAnswer | undefined;
}

/** Lines of an invoice taken back, each whole or an amount of it. */
export function CreditNoteForm({ lines, currency, formId, answer }: CreditNoteFormProps) {
  const form = useFocusFirstError(answer);
  const chosen = (answer?.values.lineIds ?? '').split(',');
  const digits = currencyDigits(currency);
  return (
    <details open={answer !== undefined} className="no-print" id="credit">
      <summary>Take lines back with a credit note</summary>
      <Form method="post" ref={form} noValidate style={{ marginTop: 12, maxWidth: 720 }}>
        <input type="hidden" name="intent" value="credit" />
        <input type="hidden" name="id" value={answer?.values.id ?? formId} />
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <Checkbox.Group
            label="Lines"
            description="Tick a line to take back all that remains of it, or enter the part to take back, before tax."
            defaultValue={chosen}
            error={answer?.errors.lineIds}
            id="lineIds"
          >
            <Stack gap="sm" mt={8}>
              {lines.map((line) => {
                const remains = line.net + line.credited;
                const size = remains < 0n ? -remains : remains;
                const name = `amount.${line.id}`;
                return (
                  <Group key={line.id} gap="sm" justify="space-between" align="flex-start">
                    <Checkbox
                      name="lineIds"
                      value={line.id}
                      style={{ flex: '1 1 260px' }}
                      label={
                        <>
                          <LocalDate value={line.localDate} /> {line.description}: <Money value={remains} currency={currency} />
                        </>
                      }
                    />
                    <TextInput
                      id={name}
                      name={name}
                      size="xs"
                      w={130}
                      inputMode="decimal"
                      aria-label={`Part of ${line.description} to take back`}
                      placeholder={`Part of ${formatDecimal(size, digits)}`}
                      defaultValue={answer?.values[name] ?? ''}
                      error={answer?.errors[name]}
                    />
                  </Group>
                );
              })}
            </Stack>
          </Checkbox.Group>
          <TextInput
            id="reason"
            name="reason"
            label="Reason"
            description="It stands on the credit note."
            required
            defaultValue={answer?.values.reason}
            error={answer?.errors.reason}
          />
          <Text size="sm" c="dimmed">
            The invoice stays as it is. A place whose line is taken back wholly is unbilled then, until it is billed again; one
            with a part left stays invoiced. Credits of a package stay with the family. This can’t be undone.
          </Text>
          <SubmitButton color="red" style={{ alignSelf: 'flex-start' }}>
            Issue the credit note
          </SubmitButton>
        </Stack>
      </Form>
    </details>
  );
}
