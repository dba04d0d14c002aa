import { Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconChevronRight } from '@tabler/icons-react';
import { formatMoney } from '#app/ui/format.ts';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import { CourseCards } from './course-cards.tsx';
import type { BookPage } from './load-book.server.ts';
import { PackageCards } from './package-cards.tsx';
import { modeOf } from './words.ts';

type Page = Extract<BookPage, { step: 'what' }>;

export function WhatStep({ page }: { page: Page }) {
  const { company, programs } = page;
  if (programs.length === 0 && page.courses.length === 0) {
    return (
      <Text mt="sm">
        Nothing can be booked here just now. Write to {company.name}
        {company.email ? ` (${company.email})` : ''} and tell what you are looking for.
      </Text>
    );
  }
  return (
    <Stack gap={32} mt="md">
      {programs.map((program) => (
        <section key={program.id} aria-labelledby={`program-${program.id}`}>
          <div className={styles.bar}>
            <Title order={2} id={`program-${program.id}`}>
              {program.name}
            </Title>
            <Text size="sm" c="dimmed" suppressHydrationWarning>
              {modeOf(program.mode)}
              {program.from === null
                ? ', price on request'
                : `, ${program.varies ? 'from ' : ''}${formatMoney(program.from, company.currency, company.locale)} an hour${Number(program.taxPercent) > 0 ? ' plus tax' : ''}`}
            </Text>
          </div>
          {program.description ? (
            <Text size="sm" c="dimmed" mb="sm">
              {program.description}
            </Text>
          ) : null}
          <ul className={styles.cards}>
            {program.subjects.map((subject) => (
              <li key={subject.id}>
                <Link
                  discover="none"
                  className={styles.card}
                  to={bookPath(page.base, page.state, { program: program.id, subject: subject.id })}
                >
                  <span className={styles.grow}>
                    <span className={styles.name}>{subject.name}</span>
                    <span className={styles.quiet}>{subject.tutors === 1 ? '1 tutor' : `${subject.tutors} tutors`}</span>
                  </span>
                  <IconChevronRight size={18} className={styles.chevron} aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <CourseCards page={page} />
      <PackageCards page={page} />
    </Stack>
  );
}
