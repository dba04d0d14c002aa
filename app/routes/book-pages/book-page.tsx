import { Alert, Anchor, Title } from '@mantine/core';
import { Link, useNavigate } from '@remix-run/react';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { FrameHeight } from '#app/ui/frame-height.tsx';
import { ProgressLine } from '#app/ui/progress-line.tsx';
import type { BookAnswer } from './act-on-book.server.ts';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import { CourseStep } from './course-step.tsx';
import { DoneStep } from './done-step.tsx';
import type { BookPage as Page } from './load-book.server.ts';
import { Steps } from './steps.tsx';
import { WhatStep } from './what-step.tsx';
import { WhenStep } from './when-step.tsx';
import { WhoStep } from './who-step.tsx';
import { YouStep } from './you-step.tsx';

const TITLES = {
  what: 'What would you like to learn?',
  who: 'Who should teach?',
  when: 'When does it suit you?',
  you: 'Who is it for?',
  done: '',
  course: '',
  closed: 'Booking is closed',
} as const;

/** The public booking page and the widget within another page: one question after the other. */
export function BookPage({ page, answer }: { page: Page; answer: BookAnswer | undefined }) {
  const title = useRef<HTMLHeadingElement>(null);
  const before = useRef(page.step);
  useEffect(() => {
    if (before.current === page.step) return;
    before.current = page.step;
    title.current?.focus();
  }, [page.step]);
  useReaderZone(page);
  const message = answer?.message ?? ('lost' in page && !answer?.notice ? page.lost : null);
  const heading = headingOf(page);
  return (
    <main id="main" className={page.embedded ? `${styles.page} ${styles.embedded}` : styles.page}>
      <ProgressLine />
      {page.embedded ? <FrameHeight step={page.step} /> : null}
      {page.embedded || !page.company ? null : (
        <div className={styles.head}>
          <Link discover="none" to="/book" className={styles.company}>
            {page.company.name}
          </Link>
          {page.signedInAs ? (
            <Anchor component={Link} discover="none" to="/family" size="sm">
              {page.signedInAs}
            </Anchor>
          ) : (
            <Anchor component={Link} discover="none" to={signIn(page)} size="sm">
              Sign in
            </Anchor>
          )}
        </div>
      )}
      {page.step === 'done' || page.step === 'closed' ? null : <Steps page={page} />}
      <Title order={1} ref={title} tabIndex={-1} className={styles.title} size="h1">
        {heading}
      </Title>
      {message ? (
        <Alert color="red" variant="light" role="alert" my="md" icon={<IconAlertCircle size={18} aria-hidden />}>
          {message}
        </Alert>
      ) : null}
      {answer?.notice ? (
        <Alert variant="light" role="status" my="md" icon={<IconInfoCircle size={18} aria-hidden />}>
          {answer.notice}
        </Alert>
      ) : null}
      <Step page={page} answer={answer} />
      {page.company ? (
        <footer className={styles.foot}>
          <span>
            Questions?{' '}
            {page.company.email ? <Anchor href={`mailto:${page.company.email}`}>{page.company.email}</Anchor> : page.company.name}
            {page.company.phone ? `, ${page.company.phone}` : ''}
          </span>
          {page.embedded && page.step !== 'done' ? (
            <Anchor href={signIn(page)} target="_top">
              Already with us? Sign in
            </Anchor>
          ) : null}
        </footer>
      ) : null}
    </main>
  );
}

function headingOf(page: Page): string {
  if (page.step === 'done') return page.booked.kind === 'session' ? 'It is booked' : 'We have got your booking';
  return page.step === 'course' ? page.course.name : TITLES[page.step];
}

function Step({ page, answer }: { page: Page; answer: BookAnswer | undefined }) {
  switch (page.step) {
    case 'what':
      return <WhatStep page={page} />;
    case 'who':
      return <WhoStep page={page} />;
    case 'when':
      return <WhenStep page={page} kept={answer?.values ?? {}} />;
    case 'course':
      return <CourseStep page={page} kept={answer?.values ?? {}} />;
    case 'you':
      return <YouStep page={page} answer={answer} signIn={signIn(page)} />;
    case 'done':
      return <DoneStep page={page} />;
    case 'closed':
      return <p>Lessons can’t be booked on this page just now. Please write to the office or call.</p>;
  }
}

/** Signing in comes back to where they stand; in a frame it leaves the frame, where there are cookies. */
const signIn = (page: Page) => `/login?to=${encodeURIComponent(bookPath('/book', page.state))}`;

/** Times are the reader's own where a script can tell where they are; without one they are the company's, and say so. */
function useReaderZone({ base, state, company, step }: Page) {
  const navigate = useNavigate();
  useEffect(() => {
    if (state.zone || !company || step === 'done') return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone || timeZone === company.timezone || timeZone === company.zone) return;
    navigate(bookPath(base, state, { zone: timeZone }), { replace: true, preventScrollReset: true });
  }, [base, state, company, step, navigate]);
}
