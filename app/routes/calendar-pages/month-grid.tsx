import { Link } from '@remix-run/react';
import styles from './calendar.module.css';
import type { CalendarDay, CalendarView } from './calendar-view.ts';
import { DayNotes } from './day-notes.tsx';
import { EntryLink } from './entry-link.tsx';

/** A month in weeks. On a phone each day has dots and a number, and leads to the day. */
export function MonthGrid({ page }: { page: CalendarView }) {
  const weeks = Array.from({ length: page.days.length / 7 }, (_, index) => page.days.slice(index * 7, index * 7 + 7));
  return (
    <table className={styles.month}>
      <caption className={styles.hidden}>{page.title}</caption>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day.date} scope="col">
              {day.weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((day) => (
              <MonthDay key={day.date} day={day} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MonthDay({ day }: { day: CalendarDay }) {
  const entries = [...day.entries].sort((a, b) => a.from - b.from);
  const shown = entries.slice(0, 4);
  const more = Math.max(day.count, entries.length) - shown.length;
  const count = day.count === 0 ? 'nothing planned' : day.count === 1 ? '1 session' : `${day.count} sessions`;
  const words = [day.name, day.isToday ? 'today' : '', count, ...day.notes.map((note) => note.text)].filter(Boolean).join(', ');
  return (
    <td
      data-day={day.date}
      data-today={day.isToday || undefined}
      data-outside={day.isOutside || undefined}
      data-closed={day.notes.some((note) => note.kind === 'closed') || undefined}
    >
      <Link to={day.href} className={styles.monthDay} aria-label={words}>
        <span className={styles.dayNumber}>{day.number}</span>
        <span className={styles.dots} aria-hidden>
          {entries.slice(0, 4).map((entry) => (
            <i key={entry.id} data-tone={entry.status.tone} data-child={entry.child === null ? undefined : entry.child % 6} />
          ))}
        </span>
        <span className={styles.count} aria-hidden>
          {day.count > 0 ? day.count : ''}
        </span>
      </Link>
      <div className={styles.monthEntries}>
        <DayNotes notes={day.notes} />
        {shown.map((entry) => (
          <EntryLink key={entry.id} entry={entry} brief />
        ))}
        {more > 0 ? (
          <Link to={day.href} className={styles.more} data-entry>
            +{more} more<span className={styles.hidden}> on {day.name}</span>
          </Link>
        ) : null}
      </div>
    </td>
  );
}
