import { Anchor, Group, List, NativeSelect, Text, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Link } from '@remix-run/react';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { DayView } from './day-view.ts';
import styles from './series-pages.module.css';

/** Days of which something stands in the way, each with what is to become of it. */
export function DayList({ days, errors }: { days: readonly DayView[]; errors: Record<string, string> }) {
  return (
    <ul className={styles.days}>
      {days.map((day) => (
        <Day key={day.date} day={day} error={errors[`moveTo.${day.date}`]} />
      ))}
    </ul>
  );
}

function Day({ day, error }: { day: DayView; error: string | undefined }) {
  const mounted = useMounted();
  const [choice, setChoice] = useState<string>(day.choice);
  return (
    <li className={styles.day}>
      <div>
        <Text fw={600} size="sm">
          {day.was ? (
            <>
              <s>{day.was}</s>{' '}
            </>
          ) : null}
          {day.when}
        </Text>
        {day.marks.map((mark) => (
          <Mark key={mark.message} mark={mark} />
        ))}
      </div>
      <div className={styles.choice}>
        <NativeSelect
          name={`decision.${day.date}`}
          aria-label={`What becomes of ${day.when}`}
          defaultValue={day.choice}
          onChange={({ currentTarget: { value } }) => setChoice(value)}
          data={day.choices}
        />
        {!mounted || choice === 'move' ? (
          <TextInput
            type="datetime-local"
            name={`moveTo.${day.date}`}
            label="When instead"
            defaultValue={day.moveTo}
            error={error}
          />
        ) : null}
      </div>
    </li>
  );
}

function Mark({ mark }: { mark: DayView['marks'][number] }) {
  const Icon = mark.blocking ? IconAlertTriangle : IconInfoCircle;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" mt={4}>
      <Icon
        size={16}
        aria-hidden
        style={{ flex: 'none', marginTop: 2 }}
        color={mark.blocking ? 'var(--mantine-color-error)' : undefined}
      />
      <div>
        <Text size="sm">{mark.message}</Text>
        {mark.clashes.length > 0 ? (
          <List size="sm">
            {mark.clashes.map((clash) => (
              <List.Item key={clash.href}>
                <Anchor component={Link} to={clash.href} target="_blank" inherit underline="always">
                  {clash.text}
                </Anchor>
              </List.Item>
            ))}
          </List>
        ) : null}
      </div>
    </Group>
  );
}

/** Days of which there is nothing to say: open to read, out of the way else. */
export function PlainDays({
  title,
  days,
  open = false,
}: {
  title: string;
  days: readonly { key: string; text: string; was?: string | null }[];
  open?: boolean;
}) {
  if (days.length === 0) return null;
  return (
    <details className={styles.more} open={open}>
      <summary>{title}</summary>
      <ul className={`${styles.dates} tabular`}>
        {days.map((day) => (
          <li key={day.key}>
            {day.was ? (
              <>
                <s>{day.was}</s>{' '}
              </>
            ) : null}
            {day.text}
          </li>
        ))}
      </ul>
    </details>
  );
}
