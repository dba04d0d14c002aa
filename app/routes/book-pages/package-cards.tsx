import { Text, Title } from '@mantine/core';
import { formatMoney } from '#app/ui/format.ts';
import styles from './book.module.css';
import type { BookPage } from './load-book.server.ts';

type Page = Extract<BookPage, { step: 'what' }>;

/** The packages a family can buy ahead; whoever has an account buys them beside their credits. */
export function PackageCards({ page }: { page: Page }) {
  const { company, packages, signedInAs } = page;
  if (packages.length === 0) return null;
  return (
    <section aria-labelledby="packages">
      <Title order={2} id="packages">
        Packages
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {signedInAs
          ? 'Bought once, used lesson by lesson.'
          : 'Bought once, used lesson by lesson. Families with an account buy them after signing in.'}
      </Text>
      <ul className={styles.cards}>
        {packages.map((one) => (
          <li key={one.id}>
            <a className={styles.card} href="/family/credits" target={page.embedded ? '_top' : undefined}>
              <span className={styles.grow}>
                <span className={styles.name}>{one.name}</span>
                <span className={styles.quiet} suppressHydrationWarning>
                  {one.quantity} for {formatMoney(one.total, company.currency, company.locale)}
                  {one.total > one.price ? ' with tax' : ''}. {one.terms}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
