import { Alert, Anchor, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import styles from '../office.sessions.new/booking.module.css';
import type { Hindrance, InstantCheckView } from './instant-view.ts';

/** Why it can't start now, with what it clashes with and what could be had instead. */
export function HindranceAlert({ hindrance, quiet = false }: { hindrance: Hindrance; quiet?: boolean }) {
  const [first, ...more] = hindrance.lines;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={first}
      role={quiet ? 'note' : 'alert'}
      {...(quiet ? {} : { tabIndex: -1, 'data-error-summary': true })}
    >
      <Stack gap={4}>
        {more.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        {hindrance.clashes.length > 0 ? (
          <List size="sm">
            {hindrance.clashes.map((clash) => (
              <List.Item key={clash.href}>
                <Anchor component={Link} to={clash.href} inherit c="inherit" underline="always">
                  {clash.text}
                </Anchor>
              </List.Item>
            ))}
          </List>
        ) : null}
        {hindrance.ways.map((way) => (
          <Text key={way} size="sm" fw={600}>
            {way}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

/** What pressing Start would mean, before it is pressed. */
export function BeforeYouStart({ check, checking }: { check: InstantCheckView | null; checking: boolean }) {
  return (
    <aside className={styles.preview} aria-labelledby="before" aria-busy={checking}>
      <Title order={2} id="before" mb="xs">
        Before you start
      </Title>
      <div aria-live="polite">
        {check === null ? (
          <Text size="sm" c="dimmed">
            Choose who and what: whether everybody is free, and what it costs, is said here before anything is saved.
          </Text>
        ) : (
          <Stack gap="sm">
            {check.hindrance ? (
              <HindranceAlert hindrance={check.hindrance} quiet />
            ) : (
              <Group gap={6} wrap="nowrap">
                <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-green-6)" />
                <Text size="sm">Everybody is free: it can start now.</Text>
              </Group>
            )}
            {check.notes.map((note) => (
              <Text key={note} size="sm">
                {note}
              </Text>
            ))}
          </Stack>
        )}
      </div>
    </aside>
  );
}
