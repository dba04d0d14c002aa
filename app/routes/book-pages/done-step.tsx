import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconCircleCheck } from '@tabler/icons-react';
import styles from './book.module.css';
import type { BookPage } from './load-book.server.ts';
import { dayOf, modeOf, officeTime, timeOf } from './words.ts';

type Page = Extract<BookPage, { step: 'done' }>;

/** The same for everyone who books, whatever is known of the address: what more there is to say is in the mail. */
export function DoneStep({ page }: { page: Page }) {
  const { booked, company } = page;
  const { locale } = company;
  const firm = booked.kind === 'session';
  return (
    <>
      <Text c="dimmed" mb="md">
        {firm
          ? 'We look forward to it.'
          : `${company.name} looks at it and writes to you. Until then it is asked for, not booked.`}
      </Text>
      <div className={styles.columns} style={{ maxWidth: 560 }}>
        <section className={styles.summary} aria-label="Your booking">
          <div className={styles.done}>
            <IconCircleCheck size={22} aria-hidden color="var(--mantine-primary-color-filled)" />
            {firm ? 'Booked' : 'Asked for'}
          </div>
          <dl className={styles.facts}>
            <dt>Lesson</dt>
            <dd>
              {booked.subjectName}, {booked.programName}
            </dd>
            <dt>When</dt>
            <dd suppressHydrationWarning>
              {dayOf(booked.wall, locale)}, {timeOf(booked.wall, locale)}
              {booked.sessions && booked.sessions > 1 ? (
                <span className={styles.quiet}>the first of {booked.sessions} sessions</span>
              ) : null}
              {booked.officeWall ? (
                <span className={styles.quiet} suppressHydrationWarning>
                  {officeTime(booked, company)}
                </span>
              ) : null}
            </dd>
            <dt>Tutor</dt>
            <dd>{booked.tutorName}</dd>
            <dt>Where</dt>
            <dd>{modeOf(booked.mode)}</dd>
          </dl>
        </section>
        <List spacing="xs" size="sm">
          <List.Item>
            {firm
              ? 'A confirmation is on its way to your e-mail address, with an entry for your calendar.'
              : 'A mail with what you asked for is on its way to you.'}
          </List.Item>
          {page.signedInAs ? null : (
            <List.Item>
              Another mail may come with it: it says how to get to your account, where you join, move or cancel.
            </List.Item>
          )}
          {booked.mode === 'online' && firm ? (
            <List.Item>You join from your account or the mail, ten minutes before it begins.</List.Item>
          ) : null}
        </List>
        <Text size="sm">
          <Anchor component={Link} discover="none" to={page.base}>
            Book another lesson
          </Anchor>
          {page.signedInAs ? (
            <>
              {' · '}
              <Anchor href="/family" target="_top">
                To your sessions
              </Anchor>
            </>
          ) : null}
        </Text>
      </div>
    </>
  );
}
