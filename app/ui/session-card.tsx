import { Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import styles from './session-card.module.css';
import { ReadyLink, SessionJoin } from './session-join.tsx';
import { SessionMark } from './session-mark.tsx';
import type { SessionView } from './session-view.ts';

interface Props {
  session: SessionView;
  /** Who reads: the tutor wants to see the students, the family the tutor and its child, the office both. */
  as: 'office' | 'tutor' | 'family';
  /** The day before the time, where the list doesn't have days as headings. */
  showDay?: boolean;
  children?: ReactNode;
}

/** One session as a card: the form every list of sessions takes on a phone. */
export function SessionCard({ session, as, showDay = false, children }: Props) {
  const students = session.students.map((student) => student.name).join(', ');
  const who = {
    office: `${students} with ${session.tutorName}`,
    tutor: students,
    family: `${students} with ${session.tutorName}`,
  }[as];
  return (
    <article className={styles.card} aria-label={`${session.title}, ${session.when.long}`}>
      <div className={styles.head}>
        <time dateTime={session.when.iso} className={styles.time}>
          {showDay ? `${session.when.day}, ` : ''}
          {session.when.time}
        </time>
        {/* That a coming session is planned goes without saying. */}
        {session.status.key === 'scheduled' ? null : <SessionMark status={session.status} />}
      </div>
      {session.when.atOffice ? (
        <Text size="xs" c="dimmed">
          {session.when.atOffice}
        </Text>
      ) : null}
      <Link to={session.href} className={styles.title} prefetch="intent">
        {session.title}
      </Link>
      <Text size="sm">{who}</Text>
      <Text size="sm" c="dimmed">
        {[
          session.title === session.subject ? '' : session.subject,
          session.place,
          session.duration,
          session.billable || as !== 'office' ? '' : 'not billable',
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {session.questions > 0 && as === 'tutor' ? (
        <Text size="sm">{session.questions === 1 ? '1 question was asked' : `${session.questions} questions were asked`}</Text>
      ) : null}
      {session.flags.map((flag) => (
        <Text key={flag} size="sm" c="var(--mantine-color-error)">
          {flag}
        </Text>
      ))}
      {showsJoin(session) ? (
        <Group gap="sm">
          <SessionJoin join={session.join} label={`${session.title}, ${session.when.long}`} />
          <ReadyLink join={session.join} label={`${session.title}, ${session.when.long}`} />
        </Group>
      ) : null}
      {children}
    </article>
  );
}

/** When Join will open is worth a line on the day itself alone. */
function showsJoin({ join, when }: SessionView): boolean {
  return (
    join.state === 'open' ||
    join.state === 'failed' ||
    ((join.state === 'too_early' || join.state === 'pending') && when.day === 'Today')
  );
}

/** Cards one below the other, as a list for who can't see them. */
export function SessionCards({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}
