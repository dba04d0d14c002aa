import { Anchor, Group, Text } from '@mantine/core';
import { Link, useSearchParams } from '@remix-run/react';
import styles from './time-picker.module.css';
import type { TimesView } from './times.server.ts';

/** An address like this page's, but for what is named; null takes a part away. */
export function useAddress() {
  const [params] = useSearchParams();
  return (over: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(over)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next}`;
  };
}

/** Free starts under their days. Every one is a link that chooses it, so it works without a script. */
export function TimePicker({ times, none }: { times: TimesView; none: string }) {
  const address = useAddress();
  const hidden = times.days.some((day) => day.more > 0);
  return (
    <>
      {times.days.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <ul className={styles.days}>
          {times.days.map((day) => (
            <li key={day.date} className={styles.day}>
              <span className={styles.name} id={`day-${day.date}`}>
                {day.day}
              </span>
              <ul className={styles.times} aria-labelledby={`day-${day.date}`}>
                {day.times.map((time) => (
                  <li key={time.at}>
                    <Link
                      to={`${address({ at: time.at })}#choice`}
                      className={styles.time}
                      aria-current={times.chosen?.at === time.at ? 'true' : undefined}
                      aria-label={`${day.day}, ${time.label}`}
                    >
                      {time.label}
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      <Group component="nav" gap="lg" mt="sm" aria-label="More times">
        {times.earlier ? (
          <Anchor component={Link} to={address({ from: times.earlier, at: null })} size="sm" preventScrollReset>
            Earlier days
          </Anchor>
        ) : null}
        {times.later ? (
          <Anchor component={Link} to={address({ from: times.later, at: null })} size="sm" preventScrollReset>
            Later days
          </Anchor>
        ) : null}
        {hidden ? (
          <Anchor component={Link} to={address({ all: '1' })} size="sm" preventScrollReset>
            More start times
          </Anchor>
        ) : null}
      </Group>
    </>
  );
}

interface ChoicesProps {
  label: string;
  /** The part of the address that it sets. */
  name: string;
  choices: readonly { value: string; label: string }[];
  chosen: string;
}

/** A few choices side by side, each an address. */
export function Choices({ label, name, choices, chosen }: ChoicesProps) {
  const address = useAddress();
  if (choices.length < 2) return null;
  return (
    <div>
      <Text size="sm" fw={500} mb={6} id={`choose-${name}`}>
        {label}
      </Text>
      <ul className={styles.choices} aria-labelledby={`choose-${name}`}>
        {choices.map((choice) => (
          <li key={choice.value}>
            <Link
              to={address({ [name]: choice.value, at: null })}
              className={styles.time}
              aria-current={choice.value === chosen ? 'true' : undefined}
              preventScrollReset
            >
              {choice.label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
