import { Title } from '@mantine/core';
import type { Price } from '#app/domain/storefront/price.ts';
import styles from './book.module.css';
import { HoldCountdown } from './hold-countdown.tsx';
import type { BookPage } from './load-book.server.ts';
import { coursePriceOf, dayOf, lengthOf, modeOf, officeTime, policyWords, priceNote, priceOf, timeOf } from './words.ts';

type Page = Extract<BookPage, { step: 'you' }>;

/** What is about to be booked, what it costs, and what it costs to cancel. */
export function BookingSummary({ page, price }: { page: Page; price: Price | null }) {
  const { company, time, policy } = page;
  const { locale } = company;
  return (
    <section className={styles.summary} aria-label="Your booking">
      <HoldCountdown key={page.expiresAt} secondsLeft={page.secondsLeft} />
      <Title order={2} size="h3" mb="sm">
        {page.subject.name}
      </Title>
      <dl className={styles.facts}>
        <dt>When</dt>
        <dd suppressHydrationWarning>
          {dayOf(time.wall, locale)}
          <br />
          {timeOf(time.wall, locale)}, {lengthOf(page.minutes)}
          {page.course && page.course.sessions > 1 ? (
            <span className={styles.quiet} suppressHydrationWarning>
              the first of {page.course.sessions}, until {dayOf(page.course.last, locale, 'short')}
            </span>
          ) : null}
          {time.officeWall ? (
            <span className={styles.quiet} suppressHydrationWarning>
              {officeTime(time, company)}
            </span>
          ) : null}
        </dd>
        <dt>Tutor</dt>
        <dd>{page.tutor.name}</dd>
        <dt>Where</dt>
        <dd>{modeOf(page.program.mode)}</dd>
      </dl>
      {price ? (
        <div className={styles.price}>
          <div className={styles.amount} suppressHydrationWarning>
            {page.course ? coursePriceOf({ price, priced: page.course.priced }, company) : priceOf(price, company)}
          </div>
          <span className={styles.quiet} suppressHydrationWarning>
            {priceNote(price, company, page.course)}
          </span>
        </div>
      ) : null}
      <p className={styles.quiet} style={{ margin: '12px 0 0' }} suppressHydrationWarning>
        {policyWords(policy, `${dayOf(policy.freeUntil, locale, 'short')}, ${timeOf(policy.freeUntil, locale)}`)}
      </p>
    </section>
  );
}
