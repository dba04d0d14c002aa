import { ActionIcon, Anchor, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './task-list.module.css';
import type { TaskView } from './task-view.ts';

interface Props {
  tasks: readonly TaskView[];
  /** Where one is, to come back to. */
  back: string;
  /** On the page of whom they are about: that is not said again. */
  plain?: boolean;
}

/** Tasks with the button that says they are done; one that is done can be opened again. */
export function TaskList({ tasks, back, plain = false }: Props) {
  return (
    <ul className={styles.list}>
      {tasks.map((task) => (
        <li key={task.id} className={styles.task} data-done={task.doneAt !== null}>
          <Form method="post" action="/office/tasks?index" preventScrollReset>
            <input type="hidden" name="intent" value="finish" />
            <input type="hidden" name="id" value={task.id} />
            <input type="hidden" name="done" value={task.doneAt === null ? 'on' : ''} />
            <input type="hidden" name="back" value={back} />
            <ActionIcon
              type="submit"
              variant="subtle"
              color={task.doneAt ? 'green' : 'gray'}
              size={36}
              aria-label={task.doneAt ? `Open again: ${task.title}` : `Done: ${task.title}`}
            >
              {task.doneAt ? <IconCircleCheckFilled size={20} aria-hidden /> : <IconCircle size={20} aria-hidden />}
            </ActionIcon>
          </Form>
          <div className={styles.words}>
            <Anchor component={Link} to={`/office/tasks/${task.id}`} className={styles.title}>
              {task.title}
            </Anchor>
            {task.about && !plain ? (
              <Anchor component={Link} to={task.about.to} size="sm">
                {task.about.name || `The ${task.about.kind}`}
              </Anchor>
            ) : null}
            {task.body ? (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {task.body}
              </Text>
            ) : null}
          </div>
          <div className={styles.facts}>
            {task.doneAt ? (
              <Text size="xs" c="dimmed">
                {task.doneByName ?? 'By itself'}, <DateTime value={task.doneAt} show="date" plain />
              </Text>
            ) : task.overdue ? (
              <span>
                <StatusBadge label="Late" tone="bad" /> <LocalDate value={task.dueOn} />
              </span>
            ) : task.today ? (
              <StatusBadge label="Today" tone="attention" />
            ) : task.dueOn ? (
              <LocalDate value={task.dueOn} />
            ) : null}
            {task.doneAt ? null : (
              <Text size="xs" c="dimmed">
                {task.assigneeName ?? 'Nobody’s yet'}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
