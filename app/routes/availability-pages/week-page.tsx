import { Alert, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { AvailabilityFrame } from './availability-frame.tsx';
import { WeekForm } from './week-form.tsx';
import styles from './week-page.module.css';
import type { WeekAnswer, WeekData } from './week-page.server.ts';

export function WeekPage({ page, answer }: { page: WeekData; answer: WeekAnswer | undefined }) {
  const { chosen, plans } = page;
  return (
    <AvailabilityFrame whose={page} zoneName={page.zoneName} at="hours">
      {page.saved && !answer ? <Alert color="green" variant="light" mb="md" role="status" title="The hours are saved." /> : null}
      {page.isSet ? null : <NotSet page={page} />}
      <Group gap="xs" mb="lg" component="nav" aria-label="Hours by date">
        {plans.length > 1 || chosen.isNew
          ? plans.map((plan) => (
              <Link
                key={plan.key}
                to={plan.key ? `?from=${plan.key}` : page.base}
                className={styles.plan}
                aria-current={plan.key === chosen.key && !chosen.isNew ? 'page' : undefined}
              >
                <span>{plan.name}</span>
                <small>{plan.hours} a week</small>
              </Link>
            ))
          : null}
        {chosen.isNew ? (
          <span className={styles.plan} data-new>
            <span>{chosen.name}</span>
            <small>new, not saved yet</small>
          </span>
        ) : null}
        {page.isSet && !chosen.isNew ? <OtherHours page={page} /> : null}
      </Group>
      <WeekForm key={`${chosen.key} ${page.stamp}`} page={page} answer={answer} />
    </AvailabilityFrame>
  );
}

/** Other hours from a day on, for a while or for good: leads to the same form, filled with what holds until then. */
function OtherHours({ page }: { page: WeekData }) {
  return (
    <details className={styles.other}>
      <summary>Other hours from a date</summary>
      <Form method="get" action={page.base}>
        <Group align="flex-end" gap="sm" mt="xs">
          <TextInput type="date" name="from" label="From" min={page.tomorrow} required size="sm" />
          <TextInput type="date" name="until" label="Until (empty: for good)" min={page.tomorrow} size="sm" />
          <Button type="submit" variant="default">
            Plan these hours
          </Button>
        </Group>
      </Form>
    </details>
  );
}

function NotSet({ page }: { page: WeekData }) {
  const mine = page.as === 'tutor';
  const who = mine ? 'You have' : `${page.tutor.name} has`;
  const means =
    page.unset === 'always'
      ? `As long as that is so, ${mine ? 'you count' : 'the tutor counts'} as free at any time that isn’t booked.`
      : `As long as that is so, nobody but the office can book ${mine ? 'you' : 'the tutor'}.`;
  return (
    <Alert color="blue" variant="light" mb="md" title={`${who} no hours yet`}>
      <Text size="sm">
        {means} Draw the hours of a usual week below and save them.{' '}
        {mine ? null : (
          <Anchor component={Link} to="/office/settings/scheduling" inherit underline="always">
            The company’s rule
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}
