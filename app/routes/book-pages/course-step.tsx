import { Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import type { BookPage } from './load-book.server.ts';
import { coursePriceOf, dayOf, modeOf, officeTime, placesOf, priceNote, timeOf } from './words.ts';

type Page = Extract<BookPage, { step: 'course' }>;

/** A course before a place in it is kept: when it is, what it costs, how many places are left. */
export function CourseStep({ page, kept }: { page: Page; kept: Record<string, string> }) {
  const { course, company, state, base } = page;
  const { locale } = company;
  return (
    <div className={styles.columns} data-aside>
      <Stack gap="md">
        {course.description ? <Text>{course.description}</Text> : null}
        <section aria-label="When it is">
          <p className={styles.part}>
            {course.sessions === 1 ? '1 session' : `${course.sessions} sessions`}
            {course.begun ? ', it has begun already' : ''}
          </p>
          <ol className={styles.dates}>
            {course.times.map((time) => (
              <li key={time.id} suppressHydrationWarning>
                {dayOf(time.wall, locale)}, {timeOf(time.wall, locale)}
                {time.officeWall ? <span className={styles.quiet}>{officeTime(time, company)}</span> : null}
              </li>
            ))}
          </ol>
        </section>
      </Stack>
      <section className={`${styles.aside} ${styles.summary}`} aria-label="A place in it">
        <dl className={styles.facts}>
          <dt>Tutor</dt>
          <dd>{course.tutorName}</dd>
          <dt>Where</dt>
          <dd>{modeOf(course.mode)}</dd>
          <dt>Places</dt>
          <dd>{placesOf(course.placesLeft)}</dd>
        </dl>
        <div className={styles.price}>
          <div className={styles.amount} suppressHydrationWarning>
            {coursePriceOf(course, company)}
          </div>
          <span className={styles.quiet} suppressHydrationWarning>
            {priceNote(course.price, company, course)}
          </span>
        </div>
        <Form discover="none" method="post" action={bookPath(base, state)} style={{ marginTop: 16 }}>
          <input type="hidden" name="intent" value="hold" />
          {Object.entries(kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton fullWidth size="md" disabled={course.placesLeft === 0}>
            {course.placesLeft === 0 ? 'It is full' : 'Take a place'}
          </SubmitButton>
        </Form>
        <Text size="sm" c="dimmed" mt="xs">
          A place is kept for you for {page.holdMinutes} minutes, while you say who it is for.
        </Text>
      </section>
    </div>
  );
}
