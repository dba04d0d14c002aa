import { Button, Switch, Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { isOpenAt, paintWeek, partsOfDay, type WeekSpan } from '#app/domain/scheduling/week-plan.ts';
import { useStroke } from './use-stroke.ts';
import styles from './week-grid.module.css';
import type { BookedPart } from './week-page.server.ts';

/** What a picture of the week shows: free hours, and those that stand out among them. */
export interface DrawnWeek {
  free: readonly WeekSpan[];
  strong: readonly WeekSpan[];
}

interface WeekGridProps {
  /** What is drawn on: a stroke that begins on one of them takes away. */
  spans: readonly WeekSpan[];
  /** What is seen, during a stroke too; the spans where it is left out. */
  show?: (stroke: { spans: WeekSpan[]; free: boolean } | null) => DrawnWeek;
  /** What the colours mean. */
  words?: { free: string; strong?: string; booked?: string };
  /** Lower hours, where the week is one field of many. */
  compact?: boolean;
  weekdays: readonly { weekday: number; short: string; long: string }[];
  booked: readonly BookedPart[];
  /** A time of day in the reader's way. */
  time: (minute: number) => string;
  onPaint: (stroke: WeekSpan[], free: boolean) => void;
}

const STEP_MINUTES = 30;
const WORDS = { free: 'Free to be booked', booked: 'Booked in the coming seven days' };
const DAYTIME = { first: 7 * 60, last: 22 * 60 };

/** A picture of the week to draw on. For those who don't see or point it is one sentence; the lines beside it say the same. */
export function WeekGrid({ spans, show, words = WORDS, compact, weekdays, booked, time, onPaint }: WeekGridProps) {
  const mounted = useMounted();
  const [allDay, setAllDay] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const { first, last } = allDay ? { first: 0, last: 1440 } : shownHours(show?.(null).free ?? spans, booked);
  const { stroke, handlers } = useStroke({
    area,
    weekdays: weekdays.map(({ weekday }) => weekday),
    spans,
    firstMinute: first,
    lastMinute: last,
    stepMinutes: STEP_MINUTES,
    drawing,
    onPaint,
  });
  const drawn = show?.(stroke) ?? { free: stroke ? paintWeek(spans, stroke.spans, stroke.free) : spans, strong: [] };
  const shown = drawn.free;
  const at = (minute: number) => `calc(${(minute - first) / 60} * var(--hour))`;
  const tall = (minutes: number) => `calc(${minutes / 60} * var(--hour))`;
  const inSight = ({ start, end }: { start: number; end: number }) => end > first && start < last;
  const clip = ({ start, end }: { start: number; end: number }) => {
    const [top, bottom] = [Math.max(start, first), Math.min(end, last)];
    return { top: at(top), height: tall(bottom - top) };
  };
  const short = (minute: number) => time(minute).replace(/:00(?=\D)/, '');
  const hours = Array.from({ length: Math.ceil((last - first) / 60) }, (_, index) => first + index * 60);
  return (
    <div>
      {mounted ? (
        <div className={styles.tools}>
          <Text size="sm" c="dimmed" className={styles.mouse}>
            Drag over free times to add them, over added ones to take them away. A click is half an hour.
          </Text>
          <Text size="sm" c="dimmed" className={styles.finger}>
            Tap a half hour to add it or take it away. To draw whole spans, switch drawing on; beside the week you still scroll.
          </Text>
          <Switch
            className={styles.finger}
            label="Draw with a finger"
            checked={drawing}
            onChange={({ currentTarget: { checked } }) => setDrawing(checked)}
          />
          <Button variant="default" size="compact-sm" aria-pressed={allDay} onClick={() => setAllDay(!allDay)}>
            {allDay ? 'Only the day' : 'Night hours too'}
          </Button>
        </div>
      ) : null}
      <div className={styles.frame} data-compact={compact}>
        <div className={styles.heads} aria-hidden>
          {weekdays.map(({ weekday, short }) => (
            <span key={weekday}>{short}</span>
          ))}
        </div>
        <div className={styles.hours} aria-hidden>
          {hours.map((minute) => (
            <span key={minute} style={{ top: at(minute) }}>
              {short(minute)}
            </span>
          ))}
        </div>
        <div
          ref={area}
          className={styles.columns}
          style={{ height: tall(last - first) }}
          data-drawing={drawing}
          data-first-minute={first}
          data-last-minute={last}
          role="img"
          aria-label={inWords(shown, weekdays, time)}
          {...handlers}
        >
          {weekdays.map(({ weekday }) => (
            <div key={weekday} className={styles.day}>
              {partsOfDay(shown, weekday)
                .filter(inSight)
                .map((part) => (
                  <div key={part.start} className={styles.free} style={clip(part)}>
                    <span>{short(part.start)}</span>
                    <span>{short(part.end)}</span>
                  </div>
                ))}
              {partsOfDay(drawn.strong, weekday)
                .filter(inSight)
                .map((part) => (
                  <div key={`strong ${part.start}`} className={styles.strong} style={clip(part)} />
                ))}
              {booked
                .filter((part) => part.weekday === weekday && inSight(part))
                .map((part) => (
                  <div
                    key={`${part.start}`}
                    className={styles.booked}
                    style={clip(part)}
                    title={part.title}
                    data-outside={!isOpenAt(shown, weekday, part.start) || !isOpenAt(shown, weekday, part.end - 1)}
                  />
                ))}
            </div>
          ))}
        </div>
      </div>
      <div className={styles.key} aria-hidden>
        <span>
          <span className={styles.swatch}>
            <i className={styles.free} />
          </span>
          {words.free}
        </span>
        {words.strong ? (
          <span>
            <span className={styles.swatch}>
              <i className={styles.strong} />
            </span>
            {words.strong}
          </span>
        ) : null}
        {words.booked ? (
          <span>
            <span className={styles.swatch}>
              <i className={styles.booked} />
            </span>
            {words.booked}
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** The day, and as much of the night as has something in it. */
function shownHours(spans: readonly WeekSpan[], booked: readonly BookedPart[]): { first: number; last: number } {
  const parts = [...[1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => partsOfDay(spans, weekday)), ...booked];
  const first = Math.min(DAYTIME.first, ...parts.map(({ start }) => start));
  const last = Math.max(DAYTIME.last, ...parts.map(({ end }) => end));
  return { first: Math.floor(first / 60) * 60, last: Math.ceil(last / 60) * 60 };
}

function inWords(spans: readonly WeekSpan[], weekdays: WeekGridProps['weekdays'], time: WeekGridProps['time']): string {
  const days = weekdays.flatMap(({ weekday, long }) => {
    const parts = partsOfDay(spans, weekday).map(({ start, end }) => `${time(start)} to ${time(end)}`);
    return parts.length === 0 ? [] : [`${long} ${parts.join(' and ')}`];
  });
  return days.length === 0 ? 'No hours in the week' : `The week: ${days.join('; ')}`;
}
