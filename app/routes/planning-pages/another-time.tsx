import { Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { loadBookPage } from './book-page.server.ts';

type Page = Awaited<ReturnType<typeof loadBookPage>>;

export interface BookAnswer {
  problem: FormProblem;
  values: Record<string, string>;
}

export interface BookForm {
  chosen: NonNullable<Page['chosen']>;
  by: Page['by'];
  formId: string;
  answer: BookAnswer | undefined;
}

/** What both forms of the page send along. */
export function HiddenPlan({ chosen, formId, from }: { chosen: BookForm['chosen']; formId: string; from: string }) {
  return (
    <>
      <input type="hidden" name="id" value={formId} />
      <input type="hidden" name="with" value={chosen.id} />
      <input type="hidden" name="minutes" value={chosen.minutes} />
      <input type="hidden" name="mode" value={chosen.mode} />
      <input type="hidden" name="from" value={from} />
      {chosen.makeUp ? <input type="hidden" name="makeUp" value={chosen.makeUp.id} /> : null}
    </>
  );
}

/** Any other time, typed. */
export function AnotherTime({ chosen, by, formId, answer }: BookForm) {
  const typed = answer?.values.intent === 'typed';
  const form = useFocusFirstError(typed ? answer : undefined);
  const books = by === 'tutor' && chosen.way.way === 'at_once';
  const errors = typed ? (answer?.problem.errors ?? {}) : {};
  const values = typed ? answer?.values : undefined;
  return (
    <section aria-labelledby="another">
      <Title order={2} id="another" mb={4}>
        Another time?
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {books
          ? 'Type any time that is free for both of you, within your hours.'
          : by === 'tutor'
            ? 'Type it, and the office is asked for it.'
            : `Type a time that isn’t listed, and it is asked for. ${chosen.tutorName} or the office answers.`}
      </Text>
      <Form method="post" ref={form} noValidate>
        <HiddenPlan chosen={chosen} formId={formId} from="typed" />
        <input type="hidden" name="intent" value={books ? 'book' : 'ask'} />
        <Stack gap="sm" maw={480}>
          <Group gap="sm" align="flex-start" grow>
            <TextInput type="date" name="date" label="Date" defaultValue={values?.date} error={errors.date} />
            <TextInput
              type="time"
              name="time"
              label={`Time (${chosen.zoneText})`}
              step={chosen.gridMinutes * 60}
              defaultValue={values?.time}
              error={errors.time}
            />
          </Group>
          {by === 'tutor' && chosen.mode === 'in_person' ? (
            <TextInput name="location" label="Where" defaultValue={values?.location ?? chosen.location} />
          ) : null}
          {books ? null : <Textarea name="note" label="Note" rows={2} defaultValue={values?.note} error={errors.note} />}
          <div>
            <SubmitButton variant="default">{books ? 'Book this time' : 'Ask for this time'}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </section>
  );
}
