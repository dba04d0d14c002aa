import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { RateBasis } from '#app/domain/billing/pricing.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { basisWords } from '../record-forms/rate-words.tsx';

interface DateFormProps {
  today: string;
  validFrom: string;
  answer: RecordAnswer | undefined;
}

/** Another amount from a day on. */
export function ChangeRateForm({
  currency,
  today,
  validFrom,
  answer,
  basis,
}: DateFormProps & { currency: string; basis: RateBasis }) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({ from: [today > validFrom ? today : validFrom] }, answer);
  return (
    <Panel title="Change it from a day on">
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <Text size="sm" c="dimmed">
            This rate ends there and a new one with the same scope begins. What was charged or paid before stays as it was. From{' '}
            <LocalDate value={validFrom} />, its first day, the amount itself is corrected.
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              {...field(basis === 'percent' ? 'percent' : 'amountPerHour')}
              label={basis === 'percent' ? 'New share of the fees, %' : `New amount ${basisWords[basis]}, ${currency}`}
              inputMode="decimal"
              withAsterisk
              required
            />
            <TextInput {...field('from')} type="date" label="First day of the new amount" withAsterisk required />
          </SimpleGrid>
          <div>
            <SubmitButton name="intent" value="change">
              Change
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}

/** No rate from a day on. */
export function EndRateForm({ today, validFrom, answer }: DateFormProps) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({ validTo: [today > validFrom ? today : ''] }, answer);
  return (
    <Panel title="End it">
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <Text size="sm" c="dimmed">
            Sessions from that day on need another rate, else they are left out of invoices and pay and shown there as missing
            one. With its first day, <LocalDate value={validFrom} />, it is removed.
          </Text>
          <TextInput {...field('validTo')} type="date" label="First day it no longer holds" withAsterisk required maw={260} />
          <div>
            <SubmitButton name="intent" value="end" variant="default">
              End rate
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}
