import { Alert, Anchor, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { FrameHeight } from '#app/ui/frame-height.tsx';
import { ProgressLine } from '#app/ui/progress-line.tsx';
import styles from '../book-pages/book.module.css';
import type { FormPageData } from './load-form.server.ts';

const TITLES = {
  enquiry: { form: 'Ask for lessons', sent: 'We have got your enquiry', again: 'Ask for somebody else, too' },
  application: { form: 'Teach with us', sent: 'We have got your application', again: 'To the form' },
} as const;

export const titleOf = (page: FormPageData | undefined, kind: 'enquiry' | 'application') =>
  page?.company ? `${TITLES[kind].form} · ${page.company.name}` : TITLES[kind].form;

interface Props {
  page: FormPageData;
  /** What is wrong with the form as a whole. */
  message?: string | undefined;
  children: ReactNode;
}

/** A public form's page and the widget within another page: the company, the form, whom to ask. */
export function FormFrame({ page, message, children }: Props) {
  const { company, step, kind } = page;
  const title = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) title.current?.focus();
    before.current = step;
  }, [step]);
  const words = TITLES[kind];
  return (
    <main id="main" className={page.embedded ? `${styles.page} ${styles.embedded}` : styles.page} style={{ maxWidth: 760 }}>
      <ProgressLine />
      {page.embedded ? <FrameHeight step={step} /> : null}
      {page.embedded || !company ? null : (
        <div className={styles.head}>
          <span className={styles.company}>{company.name}</span>
          <Anchor component={Link} discover="none" to={page.signedIn ? '/family' : '/login'} size="sm">
            {page.signedIn ? 'Your pages' : 'Sign in'}
          </Anchor>
        </div>
      )}
      <Title order={1} ref={title} tabIndex={-1} className={styles.title} size="h1">
        {step === 'sent' ? words.sent : step === 'closed' ? 'This form is closed' : words.form}
      </Title>
      {message ? (
        <Alert color="red" variant="light" role="alert" my="md" icon={<IconAlertCircle size={18} aria-hidden />}>
          {message}
        </Alert>
      ) : null}
      {step === 'sent' ? (
        <>
          <div className={styles.done}>
            <IconCircleCheck size={22} aria-hidden color="var(--mantine-primary-color-filled)" />
            {company.name} writes to you soon.
          </div>
          {page.thanks ? (
            <Text style={{ whiteSpace: 'pre-line' }} mb="sm" dir="auto">
              {page.thanks}
            </Text>
          ) : null}
          <Text size="sm" c="dimmed" mb="md">
            A mail that says what you sent is on its way to you. If it isn’t there in a few minutes, look among the junk mail.
          </Text>
          <Anchor component={Link} discover="none" to={page.base} size="sm">
            {words.again}
          </Anchor>
        </>
      ) : step === 'closed' ? (
        <Text>Nothing can be sent here just now. Please write to the office or call.</Text>
      ) : (
        children
      )}
      {company ? (
        <footer className={styles.foot}>
          <span>
            Questions? {company.email ? <Anchor href={`mailto:${company.email}`}>{company.email}</Anchor> : company.name}
            {company.phone ? `, ${company.phone}` : ''}
          </span>
        </footer>
      ) : null}
    </main>
  );
}

/** For machines alone; no reader, no screen reader and no tab comes by. */
export function Trap() {
  return (
    <div className={styles.trap} aria-hidden="true">
      <label>
        Website
        <input type="text" name="website" tabIndex={-1} autoComplete="off" defaultValue="" />
      </label>
    </div>
  );
}
