import { Anchor, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { BeforeClosing, Closing } from '#app/domain/books/books-queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { FormAnswer } from '#app/ui/form-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface ClosingCardProps {
  closedTo: string | null;
  /** The day that would be closed next: the end of last month. */
  suggested: string;
  before: BeforeClosing;
  last: Closing | undefined;
  mayClose: boolean;
  answer: (FormAnswer & { form?: string }) | undefined;
}

/** Up to when the books are closed, and the forms that close more or open some again. */
export function ClosingCard({ closedTo, suggested, before, last, mayClose, answer }: ClosingCardProps) {
  const closing = answer?.form === 'close' ? answer : undefined;
  const opening = answer?.form === 'open' ? answer : undefined;
  const form = useFocusFirstError(answer);
  const was = closedTo ?? '';
  return (
    <Paper withBorder p="md" mb="lg">
      <Stack gap="sm">
        <Title order={2}>
          {closedTo ? (
            <>
              Closed up to <LocalDate value={closedTo} />
            </>
          ) : (
            'Nothing is closed'
          )}
        </Title>
        <Text size="sm" c="dimmed">
          Closed days stay as your accountant has them. What is settled or corrected later and belongs to a closed day is posted
          on the first open one; a payment or a package can’t be dated into them.
          {last ? (
            <>
              {' '}
              Last changed <DateTime value={last.decidedAt} show="date" />
              {last.decidedBy ? ` by ${last.decidedBy}` : ''}.
            </>
          ) : null}
        </Text>
        {mayClose ? (
          <Group gap="md" align="flex-end">
            <Form method="post" noValidate ref={closing ? form : undefined} key={`close-${was}`}>
              <input type="hidden" name="was" value={was} />
              <ErrorSummary message={closing?.message} errors={closing?.errors} />
              <Group gap="sm" align="flex-start">
                <TextInput
                  id="closedTo"
                  name="closedTo"
                  type="date"
                  label="Close up to and including"
                  defaultValue={closing?.values.closedTo ?? suggested}
                  error={closing?.errors.closedTo}
                />
                <TextInput
                  id="reason"
                  name="reason"
                  label="Note"
                  placeholder="VAT return sent"
                  maxLength={500}
                  defaultValue={closing?.values.reason ?? ''}
                  error={closing?.errors.reason}
                />
              </Group>
              <Text size="sm" mt={6}>
                {before.unsettled + before.unbilled === 0 ? (
                  <>
                    Everything up to <LocalDate value={suggested} /> is settled and invoiced.
                  </>
                ) : (
                  <>
                    Up to <LocalDate value={suggested} />{' '}
                    <Anchor component={Link} to={`/office/unbilled?from=2000-01-01&until=${suggested}`} size="sm">
                      {before.unsettled} sessions are not settled and {before.unbilled} lines not invoiced
                    </Anchor>
                    .
                  </>
                )}
              </Text>
              <SubmitButton name="do" value="close" mt="sm">
                Close these days
              </SubmitButton>
            </Form>
            {closedTo ? (
              <ConfirmButton
                label="Open closed days…"
                confirm="Open them"
                align="start"
                fields={{ was, do: 'open' }}
                consequence="Days are opened again: what was reported for them may change. Who did it and why is kept."
              >
                <ErrorSummary message={opening?.message} errors={opening?.errors} />
                <TextInput
                  name="closedTo"
                  type="date"
                  label="Last day that stays closed"
                  description="Empty: nothing stays closed"
                  defaultValue={opening?.values.closedTo ?? ''}
                  error={opening?.errors.closedTo}
                />
                <TextInput
                  name="reason"
                  label="Why"
                  required
                  maxLength={500}
                  defaultValue={opening?.values.reason ?? ''}
                  error={opening?.errors.reason}
                />
              </ConfirmButton>
            ) : null}
          </Group>
        ) : null}
        {opening ? <ErrorSummary message={opening.message} errors={opening.errors} /> : null}
      </Stack>
    </Paper>
  );
}
