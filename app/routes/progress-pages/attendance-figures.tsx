import { Text } from '@mantine/core';
import type { AttendanceSum } from '#app/domain/progress/progress-queries.server.ts';
import styles from './progress.module.css';

const WORDS: Record<string, string> = {
  no_show: 'Missed',
  late_cancel: 'Cancelled late',
  cancelled: 'Cancelled in time',
  tutor_no_show: 'Tutor didn’t come',
  technical_failure: 'Technical failure',
};

/** How often a student came in the last year. */
export function AttendanceFigures({ sums }: { sums: readonly AttendanceSum[] }) {
  const came = sums.find(({ outcome }) => outcome === 'attended');
  const others = sums.filter(({ outcome }) => outcome in WORDS);
  const expected = (came?.lessons ?? 0) + (sums.find(({ outcome }) => outcome === 'no_show')?.lessons ?? 0);
  const hours = Math.round((came?.minutes ?? 0) / 6) / 10;
  if (sums.length === 0) return <Text c="dimmed">No lesson yet in the last twelve months.</Text>;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Came</dt>
        <dd>
          {came?.lessons ?? 0}
          {expected > 0 ? (
            <Text span size="sm" c="dimmed">
              {' '}
              of {expected}
            </Text>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>Hours taught</dt>
        <dd>{hours}</dd>
      </div>
      {others.map(({ outcome, lessons }) => (
        <div key={outcome}>
          <dt>{WORDS[outcome]}</dt>
          <dd>{lessons}</dd>
        </div>
      ))}
    </dl>
  );
}
