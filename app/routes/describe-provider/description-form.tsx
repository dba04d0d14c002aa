import {
  Alert,
  Anchor,
  Button,
  Code,
  Group,
  List,
  NativeSelect,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { DescriptionAnswer } from './answer-description.server.ts';
import { goToLine, SourceEditor } from './source-editor.tsx';
import { TrialResult } from './trial-result.tsx';

interface DescriptionFormProps {
  answer: DescriptionAnswer | undefined;
  source: string;
  version: string;
  cancelTo: string;
}

const operationWords: Record<string, string> = {
  create: 'create: makes the room',
  find: 'find: looks for a room made before',
  update: 'update: brings the room up to date',
  release: 'release: gives the room up',
  join: 'join: one person’s link',
  check: 'check: are the settings good?',
  attendance: 'attendance: who was there',
  webhook: 'webhook: an event that comes in',
};

/** The text of a provider's description, with what is wrong with it or understood of it, and a place to try it. */
export function DescriptionForm({ answer, source, version, cancelTo }: DescriptionFormProps) {
  const refused = answer?.problems || answer?.message ? answer : undefined;
  const form = useFocusFirstError(refused);
  const typed = answer?.typed;
  const problems = answer?.problems ?? [];
  const operations = answer?.understood?.operations ?? Object.keys(operationWords);
  return (
    <Form method="post" ref={form} noValidate>
      <input type="hidden" name="version" value={typed?.version || version} readOnly />
      <Stack gap="lg" maw={980}>
        {refused ? <Problems message={refused.message} problems={problems} /> : null}
        {answer?.understood && !answer.trial && !answer.message ? <UnderstoodNote understood={answer.understood} /> : null}
        <SourceEditor
          name="source"
          label="Description"
          description="YAML: what the provider is called, what has to be typed in, and how each call is made."
          value={typed?.source ?? source}
          wrong={problems.flatMap(({ line }) => line ?? [])}
        />
        <Group gap="sm">
          <SubmitButton name="intent" value="save">
            Save description
          </SubmitButton>
          <SubmitButton name="intent" value="check" variant="default">
            Check without saving
          </SubmitButton>
          <Button component={Link} to={cancelTo} variant="subtle">
            Cancel
          </Button>
        </Group>

        <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="try">
          <Title order={2} id="try">
            Try it on a recorded reply
          </Title>
          <Text size="sm" c="dimmed" mb="md">
            Paste what the provider answered once (from its documentation, or from the calls on the plugin’s page). You see what
            would be sent for a made-up session, and what is made of the reply. Nobody is called.
          </Text>
          <Stack gap="md">
            <Group gap="md" align="flex-end">
              <NativeSelect
                id="operation"
                name="operation"
                label="Operation"
                key={`operation-${typed?.operation ?? ''}`}
                defaultValue={typed?.operation || 'create'}
                data={operations.map((value) => ({ value, label: operationWords[value] ?? value }))}
              />
              <TextInput
                id="status"
                name="status"
                label="Status"
                inputMode="numeric"
                w={100}
                defaultValue={typed?.status ?? '200'}
              />
            </Group>
            <Textarea
              id="reply"
              name="reply"
              label="Its reply"
              placeholder={'{"id": "r-1", "url": "https://rooms.acme.example/r-1"}'}
              autosize
              minRows={4}
              maxRows={14}
              defaultValue={typed?.reply ?? ''}
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            />
            <Group>
              <SubmitButton name="intent" value="try" variant="default">
                Try
              </SubmitButton>
            </Group>
            {answer?.trial ? <TrialResult trial={answer.trial} /> : null}
          </Stack>
        </Paper>
      </Stack>
    </Form>
  );
}

function Problems({ message, problems }: { message: string | undefined; problems: NonNullable<DescriptionAnswer['problems']> }) {
  const title =
    message ?? (problems.length === 1 ? 'One thing is not understood' : `${problems.length} things are not understood`);
  return (
    <Alert color="red" variant="light" role="alert" tabIndex={-1} data-error-summary title={title}>
      <List size="sm" spacing={4}>
        {problems.map(({ line, text }) => (
          <List.Item key={text}>
            <Anchor
              href="#source"
              size="sm"
              c="inherit"
              underline="always"
              onClick={(event) => {
                if (line === null) return;
                event.preventDefault();
                goToLine('source', line);
              }}
            >
              {text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function UnderstoodNote({ understood }: { understood: NonNullable<DescriptionAnswer['understood']> }) {
  return (
    <Alert color="green" variant="light" role="status" title={`${understood.name} is understood. Nothing is saved yet.`}>
      <List size="sm">
        {understood.lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        {understood.settings.length === 0 ? 'Nothing has to be typed in.' : `To be typed in: ${understood.settings.join(', ')}.`}{' '}
        It does <Code>{understood.operations.join(', ')}</Code>.
      </Text>
    </Alert>
  );
}
