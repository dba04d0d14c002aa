import { Anchor, Checkbox, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { SessionMark } from '#app/ui/session-mark.tsx';
import styles from './attendance.module.css';
import type { SheetEntry } from './sheet-view.ts';

interface SheetSessionProps {
  session: SheetEntry;
  /** Why it could not be closed out. */
  refusal: string | undefined;
  /** What was ticked of its students before that. */
  marked: Record<string, string> | undefined;
}

const CHOICES = [
  { value: 'attended', label: 'Attended' },
  { value: 'no_show', label: 'No-show' },
  { value: 'technical_failure', label: 'Technical failure' },
  { value: 'tutor_no_show', label: 'Tutor didn’t come' },
];

/** One session of the sheet: its students, each with boxes for what took place; on paper with a line to sign on. */
export function SheetSessionCard({ session, refusal, marked }: SheetSessionProps) {
  return (
    <li className={styles.session}>
      <div className={styles.head}>
        {session.open ? (
          <Checkbox
            name="session"
            value={session.id}
            defaultChecked={marked !== undefined || session.over}
            aria-label={`Close out ${session.title}, ${session.time}`}
            className="no-print"
          />
        ) : null}
        <span className={styles.time}>{session.time}</span>
        <Anchor component={Link} to={session.href} c="inherit" fw={600} prefetch="intent">
          {session.title}
        </Anchor>
        <Text span size="sm" c="dimmed">
          {session.tutorName} · {session.place} · {session.length}
          {session.atOffice ? ` · ${session.atOffice}` : ''}
        </Text>
        {session.status.key === 'scheduled' ? null : (
          <span className="no-print">
            <SessionMark status={session.status} />
          </span>
        )}
      </div>
      {refusal ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {refusal}{' '}
          <Anchor component={Link} to={session.closeOutHref} size="sm" underline="always">
            Open its close-out
          </Anchor>
        </Text>
      ) : null}
      <ul className={styles.students}>
        {session.students.map((student) => (
          <li key={student.id} className={styles.student} data-off={student.off || undefined}>
            <div>
              <span className={styles.name}>{student.name}</span>
              <Text size="xs" c="dimmed">
                {student.contact}
                {student.contact && student.phone ? ', ' : ''}
                {student.phone ? <a href={`tel:${student.phone.replaceAll(/[^\d+]/g, '')}`}>{student.phone}</a> : null}
                {student.contact || student.phone ? '' : 'No phone number'}
              </Text>
            </div>
            {student.off || !session.open ? (
              <div className={styles.outcome}>
                {student.outcome.key === 'planned' ? null : <SessionMark status={student.outcome} />}
              </div>
            ) : (
              <fieldset className={styles.choices}>
                <legend className={styles.hidden}>{student.name}</legend>
                {CHOICES.map((choice) => (
                  <label key={choice.value}>
                    <input
                      type="radio"
                      name={`outcome.${session.id}.${student.id}`}
                      value={choice.value}
                      defaultChecked={choice.value === (marked?.[student.id] ?? 'attended')}
                    />
                    {choice.label}
                  </label>
                ))}
              </fieldset>
            )}
            {student.off ? null : (
              <div className={styles.paper} aria-hidden>
                <span>☐ here</span>
                <span>☐ absent</span>
                <span className={styles.line}>Signature</span>
              </div>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
