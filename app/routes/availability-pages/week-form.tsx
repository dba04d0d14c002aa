import { Alert, Anchor, Button, Text, Title } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form, Link } from '@remix-run/react';
import { useState } from 'react';
import { isOpenAt, paintWeek, sameWeek, tidyWeek, weekMinutes } from '#app/domain/scheduling/week-plan.ts';
import { type HourRow, mondayToFriday, readRows, rowsOf } from '#app/domain/scheduling/week-rows.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { HourRows } from './hour-rows.tsx';
import { timeOfDay } from './time-of-day.ts';
import styles from './week-form.module.css';
import { WeekGrid } from './week-grid.tsx';
import type { WeekAnswer, WeekData } from './week-page.server.ts';

/** The hours of one plan: drawn or typed, saved as a whole. The lines are what is sent; the picture writes into them. */
export function WeekForm({ page, answer }: { page: WeekData; answer: WeekAnswer | undefined }) {
  const form = useFocusFirstError(answer);
  const mounted = useMounted();
  const { chosen, weekdays, booked } = page;
  const [rows, setRows] = useState<readonly HourRow[]>(answer?.rows ?? chosen.rows);
  const errors = answer?.errors ?? {};
  const { spans } = readRows(rows);
  const changed = chosen.isNew || !sameWeek(tidyWeek(spans), readRows(chosen.rows).spans);
  const time = (minute: number) => timeOfDay(minute, page.hour12);
  const outside = booked.filter(
    ({ weekday, start, end }) => !isOpenAt(spans, weekday, start) || !isOpenAt(spans, weekday, end - 1),
  );
  return (
    <Form method="post" ref={form} noValidate>
      <input type="hidden" name="stamp" value={answer?.stale?.stamp ?? page.stamp} />
      <input type="hidden" name="from" value={chosen.from} />
      <input type="hidden" name="until" value={chosen.until} />
      {answer ? <Refused answer={answer} /> : null}
      <div className={styles.layout}>
        <section aria-labelledby="drawn">
          <Title order={2} size="h3" id="drawn">
            {mounted ? 'Draw the week' : 'The week'}
          </Title>
          <WeekGrid
            spans={spans}
            weekdays={weekdays}
            booked={booked}
            time={time}
            onPaint={(stroke, free) => setRows(rowsOf(paintWeek(spans, stroke, free)))}
          />
        </section>
        <section aria-labelledby="typed">
          <Title order={2} size="h3" id="typed">
            Or type it
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            Several spans a day are fine. An end before the start is on the next day.
          </Text>
          <HourRows rows={rows} weekdays={weekdays} errors={errors} onChange={setRows} />
          {mounted ? (
            <Button variant="default" size="compact-sm" mt="xs" onClick={() => setRows(mondayToFriday(rows))}>
              Monday’s hours on all weekdays
            </Button>
          ) : (
            <noscript>
              <label style={{ display: 'flex', gap: 8, marginTop: 8 }}>
                <input type="checkbox" name="mondayToFriday" /> Monday’s hours on all weekdays
              </label>
            </noscript>
          )}
        </section>
      </div>
      {outside.length > 0 ? (
        <Alert color="yellow" variant="light" mt="md" title="Booked outside these hours">
          {outside.map((part) => `${nameOf(weekdays, part.weekday)} ${time(part.start)} ${part.title}`).join(', ')}. What is
          booked stays booked.
        </Alert>
      ) : null}
      <div className={styles.save} data-as={page.as}>
        <SubmitButton name="intent" value="save">
          {answer?.stale ? 'Save mine over it' : 'Save hours'}
        </SubmitButton>
        {chosen.removable ? (
          <SubmitButton name="intent" value="remove" variant="default">
            Remove these hours
          </SubmitButton>
        ) : null}
        {chosen.isNew ? (
          <Button component={Link} to={page.base} variant="default">
            Cancel
          </Button>
        ) : null}
        <Text size="sm" aria-live="polite">
          <strong>{minutesText(weekMinutes(spans))}</strong> a week
          {mounted && changed ? ', not saved yet' : ''}
        </Text>
      </div>
    </Form>
  );
}

const nameOf = (weekdays: WeekData['weekdays'], weekday: number) => weekdays.find((day) => day.weekday === weekday)?.short ?? '';

function Refused({ answer }: { answer: WeekAnswer }) {
  return (
    <Alert
      color={answer.stale ? 'yellow' : 'red'}
      variant="light"
      mb="md"
      role="alert"
      tabIndex={-1}
      data-error-summary
      title={answer.message}
    >
      {answer.stale ? (
        <>
          {answer.stale.at ? `Saved ${answer.stale.at}. ` : ''}What you drew is kept below. Save it over the change, or{' '}
          <Anchor component={Link} to="" reloadDocument inherit underline="always">
            drop yours and see what is saved
          </Anchor>
          .
        </>
      ) : (
        'Nothing was saved, and what you drew is kept. Look at the times marked below.'
      )}
    </Alert>
  );
}
