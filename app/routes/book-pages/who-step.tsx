import { Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconChevronRight, IconUsers } from '@tabler/icons-react';
import { formatMoney } from '#app/ui/format.ts';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import type { BookPage } from './load-book.server.ts';

type Page = Extract<BookPage, { step: 'who' }>;

export function WhoStep({ page }: { page: Page }) {
  const { tutors, subject, company } = page;
  return (
    <>
      <Text c="dimmed" mb="md">
        {subject.name}, {page.program.name}
      </Text>
      <ul className={`${styles.cards} ${styles.tutors}`}>
        {tutors.length > 1 ? (
          <li>
            <Link
              discover="none"
              className={`${styles.card} ${styles.tall}`}
              to={bookPath(page.base, page.state, { tutor: 'any' })}
            >
              <span className={styles.avatar} aria-hidden>
                <IconUsers size={22} stroke={1.6} />
              </span>
              <span className={styles.grow}>
                <span className={styles.name}>Any tutor who is free</span>
                <span className={styles.quiet}>The most times to choose from</span>
              </span>
              <IconChevronRight size={18} className={styles.chevron} aria-hidden />
            </Link>
          </li>
        ) : null}
        {tutors.map((tutor) => (
          <li key={tutor.id}>
            <Link
              discover="none"
              className={`${styles.card} ${styles.tall}`}
              to={bookPath(page.base, page.state, { tutor: tutor.id })}
            >
              <span className={styles.avatar} aria-hidden>
                {initialsOf(tutor.name)}
              </span>
              <span className={styles.grow}>
                <span className={styles.name}>{tutor.name}</span>
                <span className={styles.quiet} suppressHydrationWarning>
                  {[
                    tutor.level,
                    tutor.perHour === null
                      ? 'price on request'
                      : `${formatMoney(tutor.perHour, company.currency, company.locale)} an hour${Number(page.program.taxPercent) > 0 ? ' plus tax' : ''}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {tutor.text ? <span className={styles.words}>{tutor.text}</span> : null}
              </span>
              <IconChevronRight size={18} className={styles.chevron} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase();
