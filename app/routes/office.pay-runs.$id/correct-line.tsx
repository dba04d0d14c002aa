import { Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { FormAnswer } from '#app/ui/form-answer.ts';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  line: { itemId: string; tutorName: string; localDate: string; ref: string; amount: bigint; corrected: bigint };
  runId: string;
  currency: string;
  answer: FormAnswer | undefined;
}

/** What a paid line should have been: the line stays, the difference goes onto the next run. */
export function CorrectLine({ line, runId, currency, answer }: Props) {
  const form = useFocusFirstError(answer);
  const kept = (name: string) => answer?.values[name] ?? '';
  return (
    <Paper withBorder p="md" mb="md">
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <Title order={2}>Correct a line</Title>
          <Text size="sm">
            {line.tutorName}, <LocalDate value={line.localDate} />, {line.ref}: <Money value={line.amount} />
            {line.corrected === 0n ? null : (
              <>
                , corrected by <Money value={line.corrected} /> so far
              </>
            )}
            . The line stays; the difference goes onto the next run.
          </Text>
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <input type="hidden" name="payItemId" value={line.itemId} />
          <Group gap="sm" align="flex-start">
            <TextInput
              id="shouldBe"
              name="shouldBe"
              label={`Should be (${currency})`}
              inputMode="decimal"
              defaultValue={kept('shouldBe')}
              error={answer?.errors.shouldBe}
            />
            <TextInput
              id="note"
              name="note"
              label="What is corrected, and why"
              maxLength={500}
              defaultValue={kept('note')}
              error={answer?.errors.note}
            />
          </Group>
          <Group gap="sm">
            <SubmitButton>Correct in the next run</SubmitButton>
            <Link to={`/office/pay-runs/${runId}`}>Leave it</Link>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
