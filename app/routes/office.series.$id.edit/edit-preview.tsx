import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DayList, PlainDays } from '../series-pages/day-list.tsx';
import type { EditPreviewView } from './view-edit.ts';

interface Props {
  view: EditPreviewView;
  problem: FormProblem | undefined;
  fields: [name: string, value: string][];
}

const some = (count: number, what: string) => `${count} ${count === 1 ? 'session' : 'sessions'} ${what}`;

/** What a change comes to, session by session; what is in the way is decided here. */
export function EditPreview({ view, problem, fields }: Props) {
  const form = useFocusFirstError(problem);
  return (
    <Form method="post" ref={form} noValidate>
      {fields
        .filter(([name]) => name !== 'overrule')
        .map(([name, value], n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name can occur several times, and the list never changes
          <input key={n} type="hidden" name={name} value={value} />
        ))}
      <Stack gap="lg" maw={860}>
        <ProblemAlert problem={problem} />
        <div>
          <Text fw={600}>
            {view.rule}, from {view.from}
          </Text>
          <Text size="sm" c="dimmed">
            {view.cut ? 'What is before it stays a series of its own. ' : ''}
            {view.nothing ? 'Nothing changes for the sessions that are planned.' : 'Everybody concerned is told once by mail.'}
          </Text>
        </div>
        {view.problems.map((one) => (
          <Alert key={one.message} color={one.blocking ? 'red' : 'yellow'} variant="light" role="note" title={one.message} />
        ))}
        {view.days.length > 0 ? (
          <section aria-labelledby="to-decide">
            <Title order={2} id="to-decide" mb="sm">
              {view.days.length === 1 ? 'One session to look at' : `${view.days.length} sessions to look at`}
            </Title>
            <DayList days={view.days} errors={problem?.errors ?? {}} />
          </section>
        ) : null}
        <Stack gap="xs">
          <PlainDays title={some(view.moved.length, 'moved')} days={view.moved} open={view.moved.length <= 12} />
          <PlainDays title={some(view.added.length, 'added')} days={view.added} open={view.added.length <= 12} />
          <PlainDays
            title={some(view.cancelled.length, 'cancelled, since the series has no day for it any more')}
            days={view.cancelled}
            open
          />
          <PlainDays
            title={some(view.kept.length, view.kept.length === 1 ? 'stays as it is' : 'stay as they are')}
            days={view.kept}
            open
          />
          <PlainDays
            title={view.skips.length === 1 ? 'One day stays left out' : `${view.skips.length} days stay left out`}
            days={view.skips}
          />
          {view.unmoved > 0 ? (
            <Text size="sm">{some(view.unmoved, view.unmoved === 1 ? 'keeps its time' : 'keep their time')}.</Text>
          ) : null}
        </Stack>
        {view.studentClash ? (
          <Checkbox
            name="overrule"
            label="Move them although a student has another session then"
            description="Only a student’s clash can be overruled, never a tutor’s. Look at the sessions again after choosing this."
            defaultChecked={fields.some(([name]) => name === 'overrule')}
          />
        ) : null}
        <Group>
          <SubmitButton name="intent" value="apply" {...(view.blocked ? { disabled: true } : {})}>
            Change the series
          </SubmitButton>
          {view.days.length > 0 ? (
            <SubmitButton name="intent" value="preview" variant="default">
              Look again
            </SubmitButton>
          ) : null}
          <Button type="submit" name="intent" value="edit" variant="subtle">
            Change something else
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
