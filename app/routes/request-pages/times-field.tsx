import { SegmentedControl, Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useState } from 'react';
import { type RequestTime, tidyTimes } from '#app/domain/requests/request-times.ts';
import { paintWeek, tidyWeek, type WeekSpan } from '#app/domain/scheduling/week-plan.ts';
import type { HourRow } from '#app/domain/scheduling/week-rows.ts';
import { HourRows } from '../availability-pages/hour-rows.tsx';
import { timeOfDay } from '../availability-pages/time-of-day.ts';
import { type DrawnWeek, WeekGrid } from '../availability-pages/week-grid.tsx';
import { rowsOfTimes, timesOfRows } from './read-times.ts';
import styles from './times-field.module.css';

type Brush = 'possible' | 'wished';

interface Props {
  initial: readonly HourRow[];
  errors: Record<string, string>;
  weekdays: readonly { weekday: number; short: string; long: string }[];
  hour12: boolean;
}

/** When the family can: drawn with one of two brushes, or typed. The lines are what is sent. */
export function TimesField({ initial, errors, weekdays, hour12 }: Props) {
  const mounted = useMounted();
  const [rows, setRows] = useState<readonly HourRow[]>(initial);
  const [brush, setBrush] = useState<Brush>('possible');
  const times = timesOfRows(rows);
  const spans = brush === 'wished' ? tidyWeek(times.filter((time) => time.wished)) : tidyWeek(times);
  return (
    <div className={styles.layout}>
      <div>
        {mounted ? (
          <SegmentedControl
            value={brush}
            onChange={(value) => setBrush(value as Brush)}
            data={[
              { value: 'possible', label: 'Draw: possible' },
              { value: 'wished', label: 'Draw: wished for' },
            ]}
            size="xs"
            mb="xs"
            fullWidth
          />
        ) : null}
        <WeekGrid
          spans={spans}
          show={(stroke) => drawnOf(stroke ? painted(times, brush, stroke.spans, stroke.free) : times)}
          words={{ free: 'Possible', strong: 'Wished for' }}
          compact
          weekdays={weekdays}
          booked={[]}
          time={(minute) => timeOfDay(minute, hour12)}
          onPaint={(stroke, free) => setRows(rowsOfTimes(painted(times, brush, stroke, free)))}
        />
      </div>
      <div>
        <Text size="sm" c="dimmed" mb="xs">
          Or type it. No line at all means any time.
        </Text>
        <HourRows
          rows={rows}
          weekdays={weekdays}
          errors={errors}
          marked
          none={times.length === 0 ? 'Any time' : 'Not possible'}
          onChange={setRows}
        />
      </div>
    </div>
  );
}

/** A wish is possible too; one that is taken back stays possible. */
function painted(times: readonly RequestTime[], brush: Brush, stroke: readonly WeekSpan[], free: boolean): RequestTime[] {
  const wished = times.filter((time) => time.wished);
  const marked = (spans: readonly WeekSpan[], wish: boolean) => spans.map((span) => ({ ...span, wished: wish }));
  if (brush === 'wished') return tidyTimes([...marked(times, false), ...marked(paintWeek(wished, stroke, free), true)]);
  if (free) return tidyTimes([...times, ...marked(stroke, false)]);
  return tidyTimes([...marked(paintWeek(times, stroke, false), false), ...marked(paintWeek(wished, stroke, false), true)]);
}

const drawnOf = (times: readonly RequestTime[]): DrawnWeek => ({
  free: tidyWeek(times),
  strong: tidyWeek(times.filter((time) => time.wished)),
});
