import { Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconChevronRight } from '@tabler/icons-react';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import type { BookPage } from './load-book.server.ts';
import { coursePriceOf, dayOf, placesOf, timeOf, weekdayOf } from './words.ts';

type Page = Extract<BookPage, { step: 'what' }>;

export function CourseCards({ page }: { page: Page }) {
  const { company, courses } = page;
  const { locale } = company;
  if (courses.length === 0) return null;
  return (
    <section aria-labelledby="courses">
      <Title order={2} id="courses" mb="sm">
        Courses
      </Title>
      <ul className={`${styles.cards} ${styles.tutors}`}>
        {courses.map((course) => (
          <li key={course.id}>
            <Link
              discover="none"
              className={`${styles.card} ${styles.tall}`}
              to={bookPath(page.base, page.state, { course: course.id })}
            >
              <span className={styles.grow}>
                <span className={styles.name}>{course.name}</span>
                <span className={styles.quiet} suppressHydrationWarning>
                  {course.sessions === 1 ? '1 session' : `${course.sessions} sessions`},{' '}
                  {weekdayOf(course.first.slice(0, 10), locale)} {timeOf(course.first, locale)},{' '}
                  {dayOf(course.first, locale, 'short')} to {dayOf(course.last, locale, 'short')}
                </span>
                <span className={styles.quiet} suppressHydrationWarning>
                  {course.tutorName} · {coursePriceOf(course, company)} · {placesOf(course.placesLeft)}
                </span>
                {course.description ? <span className={styles.words}>{course.description}</span> : null}
              </span>
              <IconChevronRight size={18} className={styles.chevron} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
