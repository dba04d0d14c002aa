import { Alert, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { AvailabilityFrame } from './availability-frame.tsx';
import styles from './cards.module.css';
import type { DaysData } from './days-page.server.ts';

const labels = { localDate: 'Day', kind: 'On that day', fromTime: 'From', toTime: 'To', note: 'Note' };

interface Props {
  page: DaysData;
  answer: RecordAnswer | undefined;
  told: { message: string } | undefined;
}

/** Days that differ from the weekly hours, and the days on which the company is closed. */
export function DaysPage({ page, answer, told }: Props) {
  return (
    <AvailabilityFrame whose={page} zoneName={page.zoneName} at="days">
      <ToldAlert told={told} />
      {page.added && !answer ? <Alert color="green" variant="light" mb="md" role="status" title="The day is saved." /> : null}
      <div className={styles.columns}>
        <DayForm key={page.formId} page={page} answer={answer} />
        <Stack gap="xl">
          <section aria-labelledby="differ">
            <Title order={2} id="differ" mb="sm">
              Days that differ
            </Title>
            {page.exceptions.length === 0 ? (
              <Text c="dimmed" size="sm">
                None ahead: the weekly hours hold on every day. For a morning at the doctor’s, or an extra Saturday, add the day.
              </Text>
            ) : null}
            <ul className={styles.list}>
              {page.exceptions.map((row) => (
                <li key={row.id} className={styles.card}>
                  <div>
                    <div className={styles.what}>
                      {row.day}
                      <StatusBadge label={row.open ? 'Also free' : 'Not free'} tone={row.open ? 'good' : 'quiet'} />
                    </div>
                    <div className={styles.quiet}>{[row.hours, row.note].filter(Boolean).join(' · ')}</div>
                    {row.booked.length > 0 ? (
                      <div className={styles.quiet}>
                        Booked that day:{' '}
                        {row.booked.map((session, index) => (
                          <span key={session.href}>
                            {index > 0 ? ', ' : ''}
                            <Link to={session.href}>{session.text}</Link>
                          </span>
                        ))}
                      </div>
                    ) : null}
                  </div>
                  <Form method="post">
                    <input type="hidden" name="id" value={row.id} />
                    <SubmitButton
                      name="intent"
                      value="remove"
                      variant="default"
                      size="compact-sm"
                      aria-label={`Remove ${row.day}`}
                    >
                      Remove
                    </SubmitButton>
                  </Form>
                </li>
              ))}
            </ul>
          </section>
          {page.closures.length > 0 ? (
            <section aria-labelledby="closed">
              <Title order={2} id="closed" mb="sm">
                The company is closed
              </Title>
              <ul className={styles.list}>
                {page.closures.map((row) => (
                  <li key={row.id}>
                    <strong>{row.days}</strong> {row.name}
                    {row.program ? ` (${row.program} only)` : ''}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </Stack>
      </div>
    </AvailabilityFrame>
  );
}

function DayForm({ page, answer }: { page: DaysData; answer: RecordAnswer | undefined }) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({ kind: ['closed'] }, answer);
  return (
    <section aria-labelledby="add-day">
      <Title order={2} id="add-day" mb="sm">
        Add a day
      </Title>
      <Form method="post" ref={form} noValidate>
        <input type="hidden" name="id" value={page.formId} />
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          <div className={styles.fields}>
            <TextInput {...field('localDate')} type="date" label={labels.localDate} min={page.today} required />
            <NativeSelect
              {...field('kind')}
              label={labels.kind}
              data={[
                { value: 'closed', label: 'Not free' },
                { value: 'open', label: 'Also free' },
              ]}
            />
            <TextInput {...field('fromTime')} type="time" label={labels.fromTime} />
            <TextInput {...field('toTime')} type="time" label={labels.toTime} />
            <Text size="sm" c="dimmed" className={styles.wide}>
              Leave the times empty for not free all day.
            </Text>
            <div className={styles.wide}>
              <TextInput {...field('note')} label={labels.note} placeholder="Dentist" />
            </div>
          </div>
          <div>
            <SubmitButton name="intent" value="add">
              Add this day
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </section>
  );
}
