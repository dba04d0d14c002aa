import { Anchor, Stack, Text } from '@mantine/core';
import { Form, Link, useNavigation } from '@remix-run/react';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import type { BookPage } from './load-book.server.ts';
import { dayOf, lengthOf, timeOf, weekdayOf } from './words.ts';
import { ZoneChoice } from './zone-choice.tsx';

type Page = Extract<BookPage, { step: 'when' }>;
type Slot = Page['week']['days'][number]['slots'][number];

const PARTS = [
  ['Morning', '00', '12'],
  ['Afternoon', '12', '17'],
  ['Evening', '17', '24'],
] as const;

export function WhenStep({ page, kept }: { page: Page; kept: Record<string, string> }) {
  const { company, week, state, base } = page;
  const { locale } = company;
  const free = week.days.filter((day) => day.slots.length > 0);
  const day = free.find(({ date }) => date === state.day) ?? free[0];
  return (
    <>
      <Text c="dimmed" mb="md">
        {page.subject.name} with {page.tutor?.name ?? 'any tutor who is free'}
      </Text>
      <Stack gap="lg">
        {page.kept ? (
          <Text size="sm" suppressHydrationWarning>
            {dayOf(page.kept.wall, locale)}, {timeOf(page.kept.wall, locale)} is kept for you.{' '}
            <Anchor
              component={Link}
              discover="none"
              underline="always"
              to={bookPath(base, state, { start: page.kept.start, by: page.kept.by })}
            >
              Go on with it
            </Anchor>
          </Text>
        ) : null}
        {page.durations.length > 1 ? (
          <nav aria-label="How long" className={styles.choices}>
            {page.durations.map((minutes) => (
              <Link
                discover="none"
                key={minutes}
                to={bookPath(base, state, {
                  minutes,
                  ...(state.day ? { day: state.day } : {}),
                  ...(state.week ? { week: state.week } : {}),
                })}
                className={styles.choice}
                preventScrollReset
                {...(minutes === page.minutes ? { 'aria-current': 'true' as const } : {})}
              >
                {lengthOf(minutes)}
              </Link>
            ))}
          </nav>
        ) : null}
        <div>
          <div className={styles.bar} style={{ marginBottom: 8 }}>
            {week.earlier ? (
              <Anchor
                component={Link}
                discover="none"
                to={bookPath(base, state, { week: week.earlier })}
                size="sm"
                preventScrollReset
                rel="prev"
              >
                ← Earlier
              </Anchor>
            ) : (
              <span />
            )}
            {week.later ? (
              <Anchor
                component={Link}
                discover="none"
                to={bookPath(base, state, { week: week.later })}
                size="sm"
                preventScrollReset
                rel="next"
              >
                Later →
              </Anchor>
            ) : null}
          </div>
          <ol className={styles.week} aria-label="Days">
            {week.days.map(({ date, slots }) => (
              <li key={date}>
                <Day date={date} count={slots.length} current={date === day?.date} page={page} />
              </li>
            ))}
          </ol>
        </div>
        {day ? (
          <Form discover="none" method="post" aria-label={`Times on ${dayOf(day.date, locale)}`}>
            <input type="hidden" name="intent" value="hold" />
            {Object.entries(kept).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <Text fw={600} mb="sm" suppressHydrationWarning>
              {dayOf(day.date, locale)}
            </Text>
            <Stack gap="md">
              {PARTS.map(([label, from, to]) => {
                const slots = day.slots.filter(({ wall }) => wall.slice(11, 13) >= from && wall.slice(11, 13) < to);
                return slots.length === 0 ? null : (
                  <section key={label} aria-label={label}>
                    <p className={styles.part}>{label}</p>
                    <div className={styles.times}>
                      {slots.map((slot) => (
                        <TimeButton key={slot.startsAt} slot={slot} page={page} day={day.date} />
                      ))}
                    </div>
                  </section>
                );
              })}
            </Stack>
            <Text size="sm" c="dimmed" mt="md">
              The time you choose is kept for you for {page.holdMinutes} minutes, while you say who it is for.
            </Text>
          </Form>
        ) : (
          <NothingFree page={page} />
        )}
        <ZoneChoice page={page} />
      </Stack>
    </>
  );
}

function Day({ date, count, current, page }: { date: string; count: number; current: boolean; page: Page }) {
  const { locale } = page.company;
  const face = (
    <>
      <span suppressHydrationWarning>{weekdayOf(date, locale)}</span>
      <strong suppressHydrationWarning>{Number(date.slice(8))}</strong>
      <span data-count>{count === 0 ? 'none' : count === 1 ? '1 time' : `${count} times`}</span>
    </>
  );
  const label = `${dayOf(date, locale)}, ${count === 0 ? 'no times' : count === 1 ? '1 time' : `${count} times`}`;
  if (count === 0) return <div className={`${styles.day} ${styles.none}`}>{face}</div>;
  // The week stays where it is: only the day that is shown changes.
  const to = bookPath(page.base, page.state, { day: date, week: page.week.first });
  return (
    <Link
      discover="none"
      to={to}
      className={styles.day}
      aria-label={label}
      preventScrollReset
      suppressHydrationWarning
      {...(current ? { 'aria-current': 'date' as const } : {})}
    >
      {face}
    </Link>
  );
}

/** A button of its own address: the page after it is the page of that time, with or without a script. */
function TimeButton({ slot, page, day }: { slot: Slot; page: Page; day: string }) {
  const { company, state, base } = page;
  const { formAction, state: going } = useNavigation();
  const action = bookPath(base, { ...state, minutes: page.minutes, day }, { start: slot.start, by: slot.tutorId });
  const mine = page.kept?.start === slot.start && page.kept.by === slot.tutorId;
  return (
    <button
      type="submit"
      formAction={action}
      className={styles.time}
      disabled={going !== 'idle' && formAction !== undefined && formAction !== action}
      {...(mine ? { 'data-mine': true } : {})}
      suppressHydrationWarning
    >
      {timeOf(slot.wall, company.locale)}
      {page.tutor ? null : <small>{slot.tutorName}</small>}
    </button>
  );
}

function NothingFree({ page }: { page: Page }) {
  const { base, state, company } = page;
  return (
    <div>
      <Text fw={600}>Nothing is free {state.week ? 'in this week' : 'in the coming weeks'}.</Text>
      <Text c="dimmed" size="sm" mt={4}>
        {page.tutor ? (
          <>
            <Anchor component={Link} discover="none" underline="always" to={bookPath(base, state, { tutor: 'any' })}>
              Look at all tutors
            </Anchor>
            {', or write to '}
          </>
        ) : (
          'Try another length, or write to '
        )}
        {company.email ?? company.name}.
      </Text>
    </div>
  );
}
