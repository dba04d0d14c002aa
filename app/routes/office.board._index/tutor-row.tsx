// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on one cell or session of the grid
import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { Chip } from './chip.tsx';
import { type Scale, xWithinDay } from './geometry.ts';
import type { RowNames } from './row-names.ts';
import { Away, Travel } from './row-shades.tsx';
import type { Row } from './rows.ts';
import { openStripes } from './shades.ts';
import styles from './tutor-row.module.css';

interface Props {
  row: Row;
  index: number;
  scale: Scale;
  names: RowNames;
  /** Only the tutor's name: the sessions follow when the page's script has loaded. */
  lean: boolean;
  /** Of the cells and sessions of this row, the one that the Tab key reaches: a session's id or a day's number. */
  focus: string | null;
  /** Ids, joined: a row is drawn again only when its own change. */
  selected: string;
  carried: string;
  /** Which of the days a phone shows. */
  phoneDay: number;
}

/** A tutor: their days side by side, their sessions at their times. Its events are heard by the board around it. */
export const TutorRow = memo(function TutorRow({ row, index, scale, names, lean, focus, selected, carried, phoneDay }: Props) {
  const { tutor } = row;
  return (
    <div
      role="row"
      className={styles.row}
      aria-rowindex={index + 2}
      style={{ height: row.height, containIntrinsicHeight: `${row.height}px` }}
    >
      <div role="rowheader" className={styles.tutor} aria-colindex={1}>
        <a href={`/office/tutors/${tutor.id}`} tabIndex={-1} className={styles.tutorName}>
          {tutor.name}
        </a>
        <button
          type="button"
          tabIndex={-1}
          className={styles.add}
          data-book={tutor.id}
          aria-label={`Book a session with ${tutor.name}`}
        >
          <IconPlus size={14} aria-hidden />
        </button>
      </div>
      {row.days.map((boxes, day) => (
        <div
          key={names.days[day]}
          role="gridcell"
          aria-colindex={day + 2}
          aria-label={`${tutor.name}, ${names.days[day]}: ${countText(boxes.length)}`}
          tabIndex={boxes.length === 0 ? (focus === String(day) ? 0 : -1) : undefined}
          data-cell={`${tutor.id}:${day}`}
          data-phone={day === phoneDay || undefined}
          className={styles.cell}
          style={{ backgroundImage: openStripes(row.shades.open, day, (minute) => xWithinDay(scale, minute)) }}
        >
          <Away row={row} day={day} scale={scale} />
          {lean
            ? null
            : boxes.map((box) => (
                <Chip
                  key={box.session.id}
                  box={box}
                  names={names}
                  laneHeight={scale.laneHeight}
                  focused={focus === box.session.id}
                  selected={selected.includes(box.session.id)}
                  carried={carried.includes(box.session.id)}
                />
              ))}
          <Travel row={row} day={day} scale={scale} />
        </div>
      ))}
    </div>
  );
});

const countText = (count: number) => (count === 0 ? 'no session' : count === 1 ? '1 session' : `${count} sessions`);
