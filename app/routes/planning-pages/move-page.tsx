import { Alert, Anchor, Group, NativeSelect, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { FactList } from '#app/ui/session-facts.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { BookAnswer } from './another-time.tsx';
import type { loadMovePage } from './move-page.server.ts';
import { TimePicker } from './time-picker.tsx';

type Page = Awaited<ReturnType<typeof loadMovePage>>;

interface Props {
  page: Page;
  answer: BookAnswer | undefined;
}

/** Another time for a session: taken at once where the rules let them, else asked for; with what it costs said before. */
export function MovePage({ page, answer }: Props) {
  const { way, by } = page;
  const home = by === 'tutor' ? '/tutor' : '/family';
  const atOnce = way.way === 'at_once';
  return (
    <>
      <PageHeader
        title={atOnce ? 'Move to another time' : 'Ask for another time'}
        back={{ to: `${home}/sessions/${page.id}`, label: 'The session' }}
        description={`${page.names}. Now: ${page.now}.`}
      />
      <Stack gap="xl">
        <ProblemAlert problem={answer?.problem} />
        {page.waiting ? (
          <Alert color="yellow" variant="light" role="note" title="Something is asked for this session already">
            <Anchor component={Link} to={`${home}/requests/${page.waiting}`} inherit>
              See the request
            </Anchor>
            , or withdraw it before you ask for something else.
          </Alert>
        ) : null}
        {way.way === 'at_once' ? null : (
          <Alert color={way.way === 'no' ? 'yellow' : 'gray'} variant="light" role="note" title={way.why}>
            {way.way === 'ask' ? 'The session stays as it is until you have an answer, which comes by mail.' : page.office}
          </Alert>
        )}
        {page.fee ? (
          <Text size="sm" role="note">
            {page.fee}
          </Text>
        ) : null}
        {page.times ? (
          <>
            {page.times.chosen ? <Choice page={page} answer={answer} /> : null}
            <section aria-labelledby="times">
              <Title order={2} id="times" mb="xs">
                Free times
              </Title>
              <TimePicker
                times={page.times}
                none="Nothing is free in these two weeks. Look further ahead, or type a time below."
              />
            </section>
            <Typed page={page} answer={answer} />
          </>
        ) : null}
      </Stack>
    </>
  );
}

function Fields({ page, from, intent }: { page: Page; from: string; intent: 'move' | 'ask' }) {
  return (
    <>
      <input type="hidden" name="id" value={page.formId} />
      <input type="hidden" name="version" value={page.version} />
      <input type="hidden" name="from" value={from} />
      <input type="hidden" name="intent" value={intent} />
      {page.children.length > 0 ? (
        <NativeSelect
          name="student"
          label="For whom"
          maw={320}
          data={page.children.map((child) => ({ value: child.id, label: child.name }))}
        />
      ) : null}
    </>
  );
}

function Choice({ page, answer }: Props) {
  const form = useFocusFirstError(answer?.values.intent === 'choice' ? answer : undefined);
  const chosen = page.times?.chosen;
  if (!chosen) return null;
  const atOnce = page.way.way === 'at_once';
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="choice">
      <Title order={2} id="choice" mb="sm">
        {atOnce ? 'Move it there' : 'Ask for this time'}
      </Title>
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          <Fields page={page} from="choice" intent={atOnce ? 'move' : 'ask'} />
          <input type="hidden" name="at" value={chosen.at} />
          <FactList
            facts={[
              { label: 'Until now', value: page.now },
              { label: 'New', value: chosen.when.long + (chosen.when.atOffice ? ` (${chosen.when.atOffice})` : '') },
            ]}
          />
          {atOnce ? null : <Textarea name="note" label="Note" rows={2} defaultValue={answer?.values.note} />}
          <Group gap="sm">
            <SubmitButton>{atOnce ? 'Move the session' : 'Ask for it'}</SubmitButton>
            <Text size="sm" c="dimmed">
              {atOnce ? 'It is moved at once, and everybody in it gets a mail.' : 'Nothing changes until it is answered.'}
            </Text>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}

function Typed({ page, answer }: Props) {
  const typed = answer?.values.intent === 'typed';
  const form = useFocusFirstError(typed ? answer : undefined);
  const moves = page.by === 'tutor' && page.way.way === 'at_once';
  const errors = typed ? (answer?.problem.errors ?? {}) : {};
  const values = typed ? answer?.values : undefined;
  return (
    <section aria-labelledby="another">
      <Title order={2} id="another" mb={4}>
        Another time?
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {moves ? 'Type any time that is free, within your hours.' : 'Type a time that isn’t listed, and it is asked for.'}
      </Text>
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm" maw={480}>
          <Fields page={page} from="typed" intent={moves ? 'move' : 'ask'} />
          <Group gap="sm" align="flex-start" grow>
            <TextInput type="date" name="date" label="Date" defaultValue={values?.date} error={errors.date} />
            <TextInput
              type="time"
              name="time"
              label={`Time (${page.zoneText})`}
              step={page.gridMinutes * 60}
              defaultValue={values?.time}
              error={errors.time}
            />
          </Group>
          {moves ? null : <Textarea name="note" label="Note" rows={2} defaultValue={values?.note} />}
          <div>
            <SubmitButton variant="default">{moves ? 'Move it there' : 'Ask for this time'}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </section>
  );
}
