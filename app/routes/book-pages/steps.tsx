import { Link } from '@remix-run/react';
import styles from './book.module.css';
import { type BookState, bookPath } from './book-state.ts';
import type { BookPage } from './load-book.server.ts';

const COURSE_STEPS = [
  ['what', 'Lesson'],
  ['course', 'Course'],
  ['you', 'You'],
] as const;

const STEPS = [
  ['what', 'Lesson'],
  ['who', 'Tutor'],
  ['when', 'Time'],
  ['you', 'You'],
] as const;

/** Where they are; what is behind them can be changed by going back to it. */
export function Steps({ page }: { page: BookPage }) {
  const steps = page.step === 'course' || ('course' in page && page.course) ? COURSE_STEPS : STEPS;
  const now = steps.findIndex(([step]) => step === page.step);
  const back: Record<string, BookState> = {};
  const { course, program, subject, tutor, hold, minutes, day, zone } = page.state;
  const common = { ...(hold ? { hold } : {}), ...(zone ? { zone } : {}) };
  const lesson = { ...(program ? { program } : {}), ...(subject ? { subject } : {}) };
  back.what = common;
  back.course = { ...common, ...(course ? { course } : {}) };
  back.who = { ...common, ...lesson };
  back.when = { ...common, ...lesson, ...(tutor ? { tutor } : {}), ...(minutes ? { minutes } : {}), ...(day ? { day } : {}) };
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map(([step, label], at) => (
        <li
          key={step}
          {...(at === now ? { 'aria-current': 'step' as const } : {})}
          {...(at < now ? { 'data-state': 'done' } : {})}
        >
          {at < now ? (
            <Link discover="none" to={bookPath(page.base, back[step] ?? {})}>
              {label}
            </Link>
          ) : (
            label
          )}
        </li>
      ))}
    </ol>
  );
}
