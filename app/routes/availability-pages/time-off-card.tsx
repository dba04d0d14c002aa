import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './cards.module.css';
import type { TimeOffView } from './time-off-view.ts';

interface TimeOffCardProps {
  off: TimeOffView;
  /** Its tutor first, where the list is about several. */
  withTutor?: boolean;
  /** Buttons. */
  children?: ReactNode;
}

export function TimeOffCard({ off, withTutor = false, children }: TimeOffCardProps) {
  const hit = off.sessions.length + off.moreSessions;
  return (
    <li className={styles.card}>
      <div>
        <div className={styles.what}>
          {withTutor ? <Link to={`/office/tutors/${off.tutorId}/availability/time-off`}>{off.tutorName}</Link> : off.when}
          <StatusBadge {...off.state} />
        </div>
        {withTutor ? <div>{off.when}</div> : null}
        {off.zone ? <div className={styles.quiet}>{off.zone} time</div> : null}
        {off.reason ? <div className={styles.quiet}>{off.reason}</div> : null}
        {off.answer ? <div className={styles.quiet}>{off.answer}</div> : null}
        {hit > 0 && off.open && (off.status === 'requested' || off.status === 'approved') ? (
          <>
            <div className={styles.quiet}>{hit === 1 ? 'One session lies in it:' : `${hit} sessions lie in it:`}</div>
            <ul className={styles.sessions}>
              {off.sessions.map((session) => (
                <li key={session.href}>
                  <Link to={session.href}>{session.text}</Link>
                </li>
              ))}
              {off.moreSessions > 0 ? <li>and {off.moreSessions} more</li> : null}
            </ul>
          </>
        ) : null}
      </div>
      {children}
    </li>
  );
}
