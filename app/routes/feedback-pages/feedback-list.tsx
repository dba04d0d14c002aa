import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Prose } from '#app/ui/session-sections.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './feedback.module.css';
import type { FeedbackItem } from './feedback-view.ts';
import { RatingMark } from './rating-mark.tsx';

/** What was said, one below the other; `lesson` where the page is not the lesson's own. */
export function FeedbackList({ items, lesson }: { items: readonly FeedbackItem[]; lesson: boolean }) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item.id}>
          <Group gap="xs">
            <RatingMark rating={item.rating} />
            {item.seen === '' ? <StatusBadge label="New" tone="attention" /> : null}
            <Text size="sm" c="dimmed" className="tabular">
              {item.by}, {item.at}
            </Text>
          </Group>
          {item.body ? <Prose>{item.body}</Prose> : null}
          {lesson ? (
            <Text size="sm">
              <Anchor component={Link} to={item.href} inherit>
                {item.lesson}
              </Anchor>
              {': '}
              <Anchor component={Link} to={item.student.href} inherit>
                {item.student.name}
              </Anchor>
              {' with '}
              <Anchor component={Link} to={item.tutor.href} inherit>
                {item.tutor.name}
              </Anchor>
            </Text>
          ) : (
            <Text size="sm">About {item.student.name}</Text>
          )}
          {item.seen ? (
            <Text size="xs" c="dimmed">
              {item.seen}
            </Text>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
