import { Button, NativeSelect, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { cityOf } from '#app/ui/format.ts';
import styles from './book.module.css';
import type { BookPage } from './load-book.server.ts';

type Page = Extract<BookPage, { step: 'when' }>;

/** Whose clock the times are of, and another one to choose. */
export function ZoneChoice({ page }: { page: Page }) {
  const { company, state, base, zones } = page;
  const { zone: _, start: __, by: ___, day: ____, week: _____, ...rest } = state;
  return (
    <details>
      <summary>
        <Text span size="sm" c="dimmed">
          Times are those of {cityOf(company.zone)}
          {company.zone === company.timezone ? ` (${company.name})` : `; ${company.name} is in ${cityOf(company.timezone)}`}.
          Change
        </Text>
      </summary>
      <Form
        discover="none"
        method="get"
        action={base}
        className={styles.bar}
        style={{ justifyContent: 'flex-start', marginTop: 8 }}
      >
        {Object.entries(rest).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={String(value)} />
        ))}
        <NativeSelect name="zone" aria-label="Time zone" defaultValue={company.zone} key={company.zone} data={zones} />
        <Button type="submit" variant="default">
          Show these times
        </Button>
      </Form>
    </details>
  );
}
