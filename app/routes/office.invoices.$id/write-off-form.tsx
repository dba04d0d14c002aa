import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { FormAnswer } from '#app/ui/form-answer.ts';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface WriteOffFormProps {
  open: bigint;
  currency: string;
  formId: string;
  answer: FormAnswer | undefined;
}

/** What is open of an invoice, given up. */
export function WriteOffForm({ open, currency, formId, answer }: WriteOffFormProps) {
  const form = useFocusFirstError(answer);
  return (
    <details open={answer !== undefined} className="no-print" id="write-off">
      <summary>Write off what is open</summary>
      <Form method="post" ref={form} noValidate style={{ marginTop: 12, maxWidth: 480 }}>
        <input type="hidden" name="intent" value="write-off" />
        <input type="hidden" name="id" value={answer?.values.id ?? formId} />
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <TextInput
            id="amount"
            name="amount"
            label={`Amount (${currency})`}
            inputMode="decimal"
            required
            defaultValue={answer?.values.amount ?? formatDecimal(open, currencyDigits(currency))}
            error={answer?.errors.amount}
          />
          <TextInput
            id="write-off-reason"
            name="reason"
            label="Reason"
            description="For your own books; the family doesn’t see it."
            required
            defaultValue={answer?.values.reason}
            error={answer?.errors.reason}
          />
          <Text size="sm" c="dimmed">
            The lessons stay invoiced and the family owes so much less; it goes to the books as a bad debt. Where the lessons
            should not have been charged, issue a credit note instead. This can’t be undone.
          </Text>
          <SubmitButton color="red" style={{ alignSelf: 'flex-start' }}>
            Give it up
          </SubmitButton>
        </Stack>
      </Form>
    </details>
  );
}

interface WriteOffsProps {
  writeOffs: readonly { id: string; writtenOffOn: string; amount: bigint; reason: string }[];
  currency: string;
}

/** What was given up of an invoice, and why. */
export function WriteOffs({ writeOffs, currency }: WriteOffsProps) {
  if (writeOffs.length === 0) return null;
  return (
    <section aria-labelledby="given-up">
      <Title order={2} id="given-up" mb="xs">
        Given up
      </Title>
      <Stack gap={4}>
        {writeOffs.map((one) => (
          <Group key={one.id} gap="sm">
            <LocalDate value={one.writtenOffOn} />
            <Money value={one.amount} currency={currency} />
            <Text size="sm" c="dimmed">
              {one.reason}
            </Text>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
