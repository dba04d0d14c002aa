import styles from './calendar.module.css';
import type { CalendarDay } from './calendar-view.ts';

/** So many tutors' absences are named at a day; the rest is a number. */
const MOST = 4;

/** What is unusual about a day: the company closed, somebody away, the clocks changed. */
export function DayNotes({ notes }: Pick<CalendarDay, 'notes'>) {
  const shown = notes.slice(0, MOST);
  return (
    <>
      {shown.map((note) => (
        <p key={note.text} className={styles.note} data-kind={note.kind}>
          {note.text}
        </p>
      ))}
      {notes.length > MOST ? (
        <p className={styles.note} title={notes.map((note) => note.text).join('\n')}>
          and {notes.length - MOST} more
        </p>
      ) : null}
    </>
  );
}
