import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import styles from './availability-frame.module.css';
import type { Whose } from './whose-hours.server.ts';

interface FrameProps {
  whose: Whose;
  zoneName: string;
  at: 'hours' | 'days' | 'time-off';
  children: ReactNode;
}

const pages = [
  { at: 'hours', path: '', label: 'Weekly hours' },
  { at: 'days', path: '/days', label: 'Single days' },
  { at: 'time-off', path: '/time-off', label: 'Time off' },
] as const;

const HELP = {
  tutor: {
    text: 'Your usual week, days that differ, and time off. Nobody books you outside of it but the office, which sees that it does.',
    about: 'tutor/hours',
  },
  office: {
    text: 'When this tutor can teach. You may book outside of it and are told that you do; tutors and families may not.',
    about: 'office/planning',
  },
} as const;

/** What the three pages about when a tutor can teach share. */
export function AvailabilityFrame({ whose, zoneName, at, children }: FrameProps) {
  const { tutor, as, base } = whose;
  return (
    <>
      <PageHeader
        title={as === 'tutor' ? 'When you can teach' : `When ${tutor.name} can teach`}
        description={`All times here are ${zoneName} time, ${as === 'tutor' ? 'where you teach' : 'the tutor’s own'}.`}
        help={HELP[as]}
        {...(as === 'office' ? { back: { to: `/office/tutors/${tutor.id}`, label: tutor.name } } : {})}
      />
      <nav className={styles.pages} aria-label="Availability">
        {pages.map((page) => (
          <Link key={page.at} to={base + page.path} aria-current={page.at === at ? 'page' : undefined}>
            {page.label}
          </Link>
        ))}
      </nav>
      {children}
    </>
  );
}

/** For somebody with the role of a tutor whose account is tied to none. */
export function NotATutor() {
  return (
    <EmptyState
      title="You aren’t a tutor here yet"
      text="Your account isn’t tied to a tutor’s record. The office can do that; then your hours and your time off are here."
    />
  );
}
