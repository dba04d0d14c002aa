import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import styles from './first-steps.module.css';

export interface FirstStep {
  label: string;
  why: string;
  to: string;
  button: string;
  done: boolean;
}

/** A new company's way to its first session, instead of a day without anything in it. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const next = steps.find((step) => !step.done);
  return (
    <Paper withBorder radius="md" p={{ base: 'md', sm: 'lg' }} maw={720} component="section" aria-labelledby="first-steps">
      <Title order={2} id="first-steps">
        The way to your first session
      </Title>
      <Text c="dimmed" size="sm" mt={4}>
        {steps.filter((step) => step.done).length} of {steps.length} done. Once a session is booked, your day stands here.
      </Text>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.to} className={styles.step} data-done={step.done || undefined}>
            {step.done ? (
              <IconCircleCheckFilled size={20} className={styles.tick} aria-label="Done:" role="img" />
            ) : (
              <IconCircle size={20} stroke={1.6} className={styles.circle} aria-hidden />
            )}
            <Group justify="space-between" gap="sm" flex={1}>
              <div className={styles.words}>
                <Text fw={600} size="sm">
                  {step.done || step === next ? step.label : <Link to={step.to}>{step.label}</Link>}
                </Text>
                <Text size="sm" c="dimmed">
                  {step.why}
                </Text>
              </div>
              {step === next ? (
                <Button component={Link} to={step.to}>
                  {step.button}
                </Button>
              ) : null}
            </Group>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
