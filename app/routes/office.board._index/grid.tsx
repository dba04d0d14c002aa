import { memo, startTransition, useEffect, useMemo, useState } from 'react';
import { BoardHead } from './board-head.tsx';
import type { Focus } from './focus.ts';
import { hourMarks, perMinute, type Scale, xWithinDay } from './geometry.ts';
import styles from './grid.module.css';
import type { RowNames } from './row-names.ts';
import type { Row } from './rows.ts';
import { TutorRow } from './tutor-row.tsx';

/** As many rows as a high screen shows: they come whole from the server. */
const FIRST_SCREEN = 14;

interface Props {
  rows: readonly Row[];
  scale: Scale;
  names: RowNames;
  today: number;
  /** The minute of today, where today is shown. */
  now: number | null;
  focus: Focus | undefined;
  selected: ReadonlySet<string>;
  carried: readonly string[];
  phoneDay: number;
}

/** The rows. They are drawn again one by one, when something of theirs changed. */
export const Rows = memo(function Rows({ rows, scale, names, today, now, focus, selected, carried, phoneDay }: Props) {
  const [whole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  const own = useMemo(() => joinedByRow(rows, selected), [rows, selected]);
  const away = useMemo(() => joinedByRow(rows, new Set(carried)), [rows, carried]);
  return (
    <>
      <BoardHead scale={scale} names={names} today={today} />
      {rows.map((row, index) => (
        <TutorRow
          key={row.tutor.id}
          row={row}
          index={index}
          scale={scale}
          names={names}
          lean={!whole && index >= FIRST_SCREEN}
          focus={focus?.tutorId === row.tutor.id ? (focus.id ?? String(focus.day)) : null}
          selected={own.get(row.tutor.id) ?? ''}
          carried={away.get(row.tutor.id) ?? ''}
          phoneDay={phoneDay}
        />
      ))}
      {now !== null && now >= scale.from && now < scale.to ? (
        <div
          aria-hidden
          className={styles.now}
          style={{ left: `calc(var(--tutor) + ${today * scale.dayWidth + (now - scale.from) * perMinute(scale)}px)` }}
        />
      ) : null}
    </>
  );
});

function joinedByRow(rows: readonly Row[], ids: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (ids.size === 0) return new Map();
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const own = row.days.flat().filter(({ session }) => ids.has(session.id));
      return own.length === 0 ? [] : [[row.tutor.id, own.map(({ session }) => session.id).join(' ')]];
    }),
  );
}

/** The frame that scrolls, and hears everything that happens in it. */
export function gridStyle(scale: Scale): Record<string, string> {
  const { hours, every } = hourMarks(scale);
  return {
    '--day': `${scale.dayWidth}px`,
    '--lane': `${scale.laneHeight}px`,
    '--mark': `${perMinute(scale) * 60 * every}px`,
    '--first-mark': `${xWithinDay(scale, (hours[0] ?? 0) * 60)}px`,
    '--width': `${scale.days * scale.dayWidth}px`,
  };
}
