import { Alert, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { AvailabilityFrame } from './availability-frame.tsx';
import styles from './cards.module.css';
import { TimeOffCard } from './time-off-card.tsx';
import type { TimeOffData } from './time-off-page.server.ts';

interface Props {
  page: TimeOffData;
  answer: RecordAnswer | undefined;
  told: { message: string } | undefined;
}

const labels = { fromDate: 'First day', toDate: 'Last day', fromTime: 'From', toTime: 'To', reason: 'Reason' };

export function TimeOffPage({ page, answer, told }: Props) {
  const mine = page.as === 'tutor';
  return (
    <AvailabilityFrame whose={page} zoneName={page.zoneName} at="time-off">
      <ToldAlert told={told} />
      {page.saved && !answer ? (
        <Alert
          color="green"
          variant="light"
          mb="md"
          role="status"
          title={mine ? 'Asked for. The office answers, and you get a mail.' : 'The time off is given.'}
        />
      ) : null}
      <div className={styles.columns}>
        <AskForm key={page.formId} page={page} answer={answer} />
        <Stack gap="xl">
          <section aria-labelledby="ahead">
            <Title order={2} id="ahead" mb="sm">
              Ahead
            </Title>
            {page.ahead.length === 0 ? (
              <Text c="dimmed" size="sm">
                No time off is planned. {mine ? 'Once the office approves what you ask for, nobody books you then.' : ''}
              </Text>
            ) : null}
            <ul className={styles.list}>
              {page.ahead.map((off) => (
                <TimeOffCard key={off.id} off={off}>
                  {off.status === 'requested' || off.status === 'approved' ? (
                    <ConfirmButton
                      label="Take back"
                      consequence={
                        off.status === 'approved'
                          ? 'The tutor can be booked in these days again.'
                          : 'The request is gone; nobody has to answer it.'
                      }
                      confirm="Take it back"
                      fields={{ intent: 'withdraw', id: off.id }}
                    />
                  ) : null}
                </TimeOffCard>
              ))}
            </ul>
          </section>
          {page.past.length > 0 ? (
            <section aria-labelledby="past">
              <Title order={2} id="past" mb="sm">
                Past
              </Title>
              <ul className={styles.list}>
                {page.past.map((off) => (
                  <TimeOffCard key={off.id} off={off} />
                ))}
              </ul>
            </section>
          ) : null}
        </Stack>
      </div>
    </AvailabilityFrame>
  );
}

function AskForm({ page, answer }: { page: TimeOffData; answer: RecordAnswer | undefined }) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({}, answer);
  const mine = page.as === 'tutor';
  return (
    <section aria-labelledby="ask">
      <Title order={2} id="ask" mb="sm">
        {mine ? 'Ask for time off' : 'Give time off'}
      </Title>
      <Form method="post" ref={form} noValidate>
        <input type="hidden" name="id" value={page.formId} />
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          <div className={styles.fields}>
            <TextInput {...field('fromDate')} type="date" label={labels.fromDate} min={page.earliest} required />
            <TextInput {...field('toDate')} type="date" label={labels.toDate} min={page.earliest} />
            <TextInput {...field('fromTime')} type="time" label={labels.fromTime} />
            <TextInput {...field('toTime')} type="time" label={labels.toTime} />
            <Text size="sm" c="dimmed" className={styles.wide}>
              Leave the times empty for whole days.
            </Text>
            <div className={styles.wide}>
              <Textarea
                {...field('reason')}
                label={labels.reason}
                description={mine ? 'The office reads it, families don’t' : 'The tutor reads it, families don’t'}
                autosize
                minRows={2}
              />
            </div>
          </div>
          <Text size="sm" c="dimmed">
            {mine
              ? 'The office approves or declines it. What is booked then takes place until somebody moves or cancels it.'
              : 'Given by the office, it is approved at once. What is booked then takes place until somebody moves or cancels it.'}
          </Text>
          <div>
            <SubmitButton name="intent" value="ask">
              {mine ? 'Ask for time off' : 'Give time off'}
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </section>
  );
}
