import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './calendar.module.css';
import type { CalendarView } from './calendar-view.ts';
import { DayLists } from './day-lists.tsx';
import { MonthGrid } from './month-grid.tsx';
import { WeekGrid } from './week-grid.tsx';

interface CalendarProps {
  page: CalendarView;
  /** What stands below days on which nothing is. */
  empty: ReactNode;
}

/** The days of a calendar in the view that the address asks for. */
export function Calendar({ page, empty }: CalendarProps) {
  return (
    <>
      <p className={styles.printTitle}>
        {page.printed} · {page.title}
      </p>
      {page.zones ? (
        <Text size="sm" c="dimmed" mb="xs">
          {page.zones}
        </Text>
      ) : null}
      {page.children.length > 0 ? (
        <ul className={styles.children} aria-label="Children">
          {page.children.map((child) => (
            <li key={child.place} data-child={child.place % 6}>
              {child.name}
            </li>
          ))}
        </ul>
      ) : null}
      {page.address.view === 'month' ? (
        <MonthGrid page={page} />
      ) : page.address.view === 'list' ? (
        <DayLists page={page} />
      ) : (
        <WeekGrid page={page} />
      )}
      {page.empty ? <div className={styles.empty}>{empty}</div> : null}
    </>
  );
}
