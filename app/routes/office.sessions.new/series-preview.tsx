import { Alert, Button, Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useState } from 'react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DayList, PlainDays } from '../series-pages/day-list.tsx';
import type { SeriesPreviewView } from './series-preview-view.ts';

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

/** What a series would be, day by day: seen and decided before anything is saved. */
export function SeriesPreview({ view, problem }: { view: SeriesPreviewView; problem: FormProblem | undefined }) {
  const form = useFocusFirstError(problem);
  const initial = Object.fromEntries(view.days.map((day) => [day.date, day.choice]));
  const [chosen, setChosen] = useState<Record<string, string>>(initial);
  const left = Object.values(chosen).filter((choice) => choice === 'skip').length;
  const planned = view.plain.length + view.days.length - left;
  const leftText = left > 0 ? `, ${days(left)} left out` : '';
  return (
    <Form
      method="post"
      ref={form}
      noValidate
      onChange={({ target }) => {
        const { name, value } = target as unknown as HTMLSelectElement;
        if (name.startsWith('decision.')) setChosen((now) => ({ ...now, [name.slice('decision.'.length)]: value }));
      }}
    >
      {view.fields
        .filter(([name]) => name !== 'overrule')
        .map(([name, value], n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name can occur several times, and the list never changes
          <input key={n} type="hidden" name={name} value={value} />
        ))}
      <Stack gap="lg" maw={860}>
        <ProblemAlert problem={problem} />
        <div>
          <Text fw={600}>{view.rule}</Text>
          <Text size="sm" c="dimmed" aria-live="polite">
            {sessions(planned)}
            {leftText}.{view.openText ? ` ${view.openText}` : ''}
          </Text>
        </div>
        {view.problems.map((one) => (
          <Alert key={one.message} color={one.blocking ? 'red' : 'yellow'} variant="light" role="note" title={one.message} />
        ))}
        {view.days.length > 0 ? (
          <section aria-labelledby="to-decide">
            <Title order={2} id="to-decide" mb="sm">
              {view.days.length === 1 ? 'One day to look at' : `${view.days.length} days to look at`}
            </Title>
            <DayList days={view.days} errors={problem?.errors ?? {}} />
          </section>
        ) : null}
        <PlainDays
          title={
            view.days.length === 0
              ? `All ${sessions(view.plain.length)}, with nothing in the way`
              : `The other ${sessions(view.plain.length)}`
          }
          days={view.plain}
          open={view.plain.length <= 12}
        />
        {view.places.length > 0 ? <Prices places={view.places} /> : null}
        {view.studentClash ? (
          <Checkbox
            name="overrule"
            label="Plan it although a student has another session then"
            description="Only a student’s clash can be overruled, never a tutor’s. Look at the days again after choosing this."
            defaultChecked={view.fields.some(([name]) => name === 'overrule')}
          />
        ) : null}
        <Group>
          <SubmitButton name="intent" value="create-series" {...(view.blocked ? { disabled: true } : {})}>
            Book the series
          </SubmitButton>
          <SubmitButton name="intent" value="book" variant="default">
            Look at the days again
          </SubmitButton>
          <Button type="submit" name="intent" value="edit" variant="subtle">
            Change the plan
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

function Prices({ places }: { places: SeriesPreviewView['places'] }) {
  return (
    <Table className="tabular" verticalSpacing={6} horizontalSpacing={0} maw={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Student</Table.Th>
          <Table.Th ta="end">Each session</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {places.map((place) => (
          <Table.Tr key={place.studentId}>
            <Table.Td>{place.name}</Table.Td>
            <Table.Td ta="end">
              {place.price}
              {place.note ? (
                <Text size="xs" c="dimmed">
                  {place.note}
                </Text>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
