import { Text } from '@mantine/core';
import { cityOf } from '#app/ui/format.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import styles from './times-panel.module.css';

interface Props {
  times: readonly { day: string; spans: readonly { text: string; wished: boolean }[] }[];
  /** Said where it is not the company's. */
  zone: string | null;
}

/** When they can, day by day. */
export function TimesPanel({ times, zone }: Props) {
  return (
    <Panel title="When they can">
      {times.length === 0 ? (
        <Text size="sm">At any time, or nobody has asked yet.</Text>
      ) : (
        <dl className={styles.days}>
          {times.map(({ day, spans }) => (
            <div key={day}>
              <dt>{day}</dt>
              <dd>
                {spans.map(({ text, wished }) => (
                  <span key={text} data-wished={wished} className="tabular">
                    {text}
                    {wished ? ' (wished)' : ''}
                  </span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {zone ? (
        <Text size="xs" c="dimmed">
          {cityOf(zone)} time
        </Text>
      ) : null}
    </Panel>
  );
}
