import { Button, type ButtonProps, Paper, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { type ReactNode, useId } from 'react';
import styles from './confirm-button.module.css';
import { SubmitButton } from './submit-button.tsx';

interface ConfirmButtonProps {
  label: string;
  /** The consequence, in numbers where there are any: "Cancels 12 sessions, 3 families are told." */
  consequence: ReactNode;
  /** The second button; it says what it does: "Cancel 12 sessions". */
  confirm: string;
  action?: string;
  /** Sent along, hidden. */
  fields?: Record<string, string>;
  /** Asked for before it is done, e.g. the reason. */
  children?: ReactNode;
  dangerous?: boolean;
  /** Where the panel hangs: from the button's end (in a page's header), or from its start (in the page itself). */
  align?: 'start' | 'end';
  size?: ButtonProps['size'];
  /** What its page is for. */
  main?: boolean;
}

/** For what can't be undone: says what follows before it does it. A `details` element, so it works without a script. */
export function ConfirmButton({
  label,
  consequence,
  confirm,
  action,
  fields = {},
  children,
  dangerous = false,
  align = 'end',
  size,
  main = false,
}: ConfirmButtonProps) {
  const id = useId();
  return (
    <details className={styles.confirm}>
      <Button component="summary" variant={main ? 'filled' : 'default'} size={size} c={dangerous ? 'red' : undefined}>
        {label}
      </Button>
      <Paper withBorder shadow="md" p="md" className={`${styles.panel} ${align === 'start' ? styles.fromStart : ''}`}>
        <Form method="post" action={action} aria-describedby={id}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Stack gap="sm">
            <Text size="sm" id={id} component="div">
              {consequence}
            </Text>
            {children}
            <SubmitButton color={dangerous ? 'red.9' : undefined}>{confirm}</SubmitButton>
          </Stack>
        </Form>
      </Paper>
    </details>
  );
}
