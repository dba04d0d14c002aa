import { Group, Paper, Stack, Text } from '@mantine/core';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { Money } from '#app/ui/money.tsx';

interface Step {
  id: string;
  daysAfterDue: number;
  subject: string;
  text: string;
  fee: bigint;
  feePercent: string;
}

/** The steps in the order of their days. */
export function ReminderSteps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No steps yet. Many begin with a friendly word after 7 days, a plain one after 21, and a late fee after 35.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {steps.map((step) => (
        <Paper key={step.id} withBorder p="sm">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div>
              <Text size="sm" fw={600}>
                {whenOf(step.daysAfterDue)}: {step.subject}
              </Text>
              <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
                {step.text}
              </Text>
              {step.fee > 0n || step.feePercent !== '0' ? (
                <Text size="sm">
                  Late fee {step.fee > 0n ? <Money value={step.fee} /> : null}
                  {step.fee > 0n && step.feePercent !== '0' ? ' and ' : ''}
                  {step.feePercent === '0' ? '' : `${step.feePercent}% of what is open`}
                </Text>
              ) : null}
            </div>
            <ConfirmButton
              label="Remove"
              size="xs"
              consequence="No further mail goes out by this step. What was sent stays in the history of its invoices."
              confirm="Remove the step"
              fields={{ intent: 'archive', stepId: step.id }}
            />
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}

function whenOf(days: number): string {
  if (days === 0) return 'On the day it is due';
  const many = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days > 0 ? `${many} after` : `${many} before`;
}
