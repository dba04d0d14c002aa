import { Link } from '@remix-run/react';
import type { CSSProperties } from 'react';
import styles from './calendar.module.css';
import type { CalendarDay, CalendarView } from './calendar-view.ts';
import { DayNotes } from './day-notes.tsx';
import { EntryLink } from './entry-link.tsx';
import type { Span } from './lanes.ts';

/**
 * Days side by side against their hours; on a phone the same days one below the other as a short list. One document for
 * both: the places are custom properties, which only a wide screen looks at.
 */
export function WeekGrid({ page }: { page: CalendarView }) {
  const { hours, days } = page;
  const frame = { '--hours': hours.to - hours.from, '--days': days.length } as CSSProperties;
  const place = (span: Span, lane = 0, lanes = 1) =>
    ({
      '--from': span.from - hours.from * 60,
      '--length': span.to - span.from,
      '--lane': lane,
      '--lanes': lanes,
    }) as CSSProperties;
  return (
    <div className={styles.week} style={frame} data-single={days.length === 1 || undefined}>
      <div className={styles.hours} aria-hidden>
        {page.hourNames.map((name, index) => (
          <span key={name} style={{ '--row': index } as CSSProperties}>
            {name}
          </span>
        ))}
      </div>
      {days.map((day) => (
        <section
          key={day.date}
          className={styles.day}
          data-day={day.date}
          data-today={day.isToday || undefined}
          aria-labelledby={`day-${day.date}`}
        >
          <DayHead day={day} single={days.length === 1} />
          <div className={styles.column}>
            {day.shades.map((shade) => (
              <div
                key={`${shade.from} ${shade.text}`}
                className={styles.shade}
                style={place(clipped(shade, hours))}
                aria-hidden
              />
            ))}
            {day.nowMinute !== null && day.nowMinute >= hours.from * 60 && day.nowMinute <= hours.to * 60 ? (
              <div className={styles.now} style={place({ from: day.nowMinute, to: day.nowMinute })} aria-hidden />
            ) : null}
            {day.entries.length === 0 && day.count === 0 ? <p className={styles.nothing}>Nothing planned</p> : null}
            {day.entries.map((entry) => (
              <EntryLink
                key={entry.id}
                entry={entry}
                style={place(entry, entry.lane, entry.lanes)}
                narrow={entry.lanes > 1 && days.length > 1}
              />
            ))}
            {day.overflow.map((mark) => (
              <Link
                key={mark.from}
                to={day.href}
                className={styles.overflow}
                style={place(mark, mark.lanes - 1, mark.lanes)}
                data-entry
              >
                +{mark.count}
                <span className={styles.hidden}> more on {day.name}</span>
              </Link>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function DayHead({ day, single }: { day: CalendarDay; single: boolean }) {
  const shown = day.entries.filter((entry) => !entry.runsOn).length + day.overflow.reduce((sum, mark) => sum + mark.count, 0);
  const unread = day.count - shown;
  return (
    <header className={styles.dayHead}>
      <h3 id={`day-${day.date}`}>
        {single ? (
          <span className={styles.hidden}>{day.name}</span>
        ) : (
          <Link to={day.href} className={styles.dayLink} aria-label={`${day.name}${day.isToday ? ', today' : ''}`}>
            <span>{day.weekday}</span> <span className={styles.dayNumber}>{day.number}</span>
          </Link>
        )}
      </h3>
      <DayNotes notes={day.notes} />
      {unread > 0 ? <p className={styles.note}>{unread} more: choose a tutor, a program or a room to see all.</p> : null}
    </header>
  );
}

/** The part of a shade that the hours shown have. */
function clipped({ from, to }: Span, hours: { from: number; to: number }): Span {
  return { from: Math.max(from, hours.from * 60), to: Math.max(Math.min(to, hours.to * 60), hours.from * 60) };
}
