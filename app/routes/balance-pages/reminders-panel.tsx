import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';

interface RemindersPanelProps {
  reminders: readonly { id: string; subject: string; sentAt: string | Date; open: bigint; fee: bigint | null }[];
  /** What can be sent now; none where all were, or nothing is open. */
  steps: readonly { id: string; subject: string; daysAfterDue: number }[];
  currency: string;
  message?: string | undefined;
}

/** What a family was told of an open invoice, and what it can be told now. */
export function RemindersPanel({ reminders, steps, currency, message }: RemindersPanelProps) {
  if (reminders.length === 0 && steps.length === 0) return null;
  return (
    <section aria-labelledby="reminders">
      <Title order={2} id="reminders" mb="xs">
        Reminders
      </Title>
      <Stack gap={6} align="flex-start">
        {message ? (
          <Text size="sm" c="red" role="alert">
            {message}
          </Text>
        ) : null}
        {reminders.length === 0 ? (
          <Text size="sm" c="dimmed">
            The family was not reminded yet.{' '}
            <Anchor component={Link} to="/office/settings/reminders" size="sm" underline="always">
              How reminders go out
            </Anchor>
          </Text>
        ) : null}
        {reminders.map((one) => (
          <Group key={one.id} gap="sm">
            <DateTime value={one.sentAt} />
            <span>{one.subject}</span>
            <Text size="sm" c="dimmed">
              <Money value={one.open} currency={currency} /> open
              {one.fee === null ? null : (
                <>
                  , late fee <Money value={one.fee} currency={currency} />
                </>
              )}
            </Text>
          </Group>
        ))}
        {steps.length === 0 ? null : (
          <Group gap="xs" className="no-print">
            {steps.map((step) => (
              <ConfirmButton
                key={step.id}
                label={`Remind: ${step.subject}`}
                size="xs"
                align="start"
                consequence="The family is mailed this step now, with the invoice. A late fee of the step goes onto the next invoice."
                confirm="Mail the reminder"
                fields={{ intent: 'remind', stepId: step.id }}
              />
            ))}
          </Group>
        )}
      </Stack>
    </section>
  );
}
