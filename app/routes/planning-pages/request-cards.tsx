import { Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { RequestView } from './request-view.ts';
import styles from './time-picker.module.css';

/** Requests as cards, each a link to its page: what a tutor and a family see. */
export function RequestCards({ requests, base }: { requests: readonly RequestView[]; base: string }) {
  return (
    <ul className={styles.cards}>
      {requests.map((request) => (
        <li key={request.id}>
          <Link to={`${base}/${request.id}`} className={styles.card}>
            <Group component="span" justify="space-between" gap="xs" mb={4}>
              <Text component="span" fw={600}>
                {request.what}
              </Text>
              <StatusBadge label={request.state.label} tone={request.state.tone} />
            </Group>
            <Text component="span" size="sm" display="block">
              {request.title}: {request.who}
            </Text>
            {request.session ? (
              <Text component="span" size="sm" c="dimmed" display="block">
                Planned: {request.session.when}
              </Text>
            ) : null}
            {request.wanted ? (
              <Text component="span" size="sm" c="dimmed" display="block">
                Asked for: {request.wanted}
              </Text>
            ) : null}
            {request.trouble ? (
              <Text component="span" size="sm" c="var(--mantine-color-error)" display="block">
                {request.trouble}
              </Text>
            ) : null}
            <Text component="span" size="xs" c="dimmed" display="block" mt={4}>
              Asked {request.age} ago
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  );
}
