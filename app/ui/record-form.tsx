import { Alert, Button, Group, List, Paper, Stack } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { DateTime } from './date-time.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { useFocusFirstError } from './focus-first-error.ts';
import type { RecordAnswer, RecordConflict } from './record-answer.ts';
import { SubmitButton } from './submit-button.tsx';

interface RecordFormProps {
  answer: RecordAnswer | undefined;
  /** Of the record as the form was filled; left out for a new one. */
  version?: number;
  /** What the fields are called, for the list of what is wrong. */
  labels: Record<string, string>;
  submit: string;
  cancelTo: string;
  children: ReactNode;
}

/** The frame of every form that makes or changes a record: what is wrong on top, then the fields, then the buttons. */
export function RecordForm({ answer, version, labels, submit, cancelTo, children }: RecordFormProps) {
  const form = useFocusFirstError(answer);
  return (
    <Form method="post" ref={form} noValidate>
      {version === undefined ? null : (
        <input
          type="hidden"
          name="version"
          value={answer?.conflict?.version ?? answer?.values.version?.[0] ?? version}
          readOnly
        />
      )}
      <Stack gap="lg" maw={760}>
        {answer?.conflict ? (
          <ConflictAlert conflict={answer.conflict} message={answer.message} labels={labels} />
        ) : (
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
        )}
        {children}
        <Group gap="sm">
          <SubmitButton>{answer?.conflict ? 'Save mine over it' : submit}</SubmitButton>
          <Button component={Link} to={cancelTo} variant="default">
            Cancel
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

function ConflictAlert({
  conflict,
  message,
  labels,
}: {
  conflict: RecordConflict;
  message: string | undefined;
  labels: Record<string, string>;
}) {
  const named = conflict.differs.filter((field) => !isId(field.saved));
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      tabIndex={-1}
      data-error-summary
      title={message}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs">
        <span>
          {conflict.at ? (
            <>
              Saved <DateTime value={conflict.at} />.{' '}
            </>
          ) : null}
          What you typed is kept below. Save it over the change, or <Link to="">drop yours and start from what is saved</Link>.
        </span>
        {named.length > 0 ? (
          <List size="sm">
            {named.map((field) => (
              <List.Item key={field.name}>
                {labels[field.name] ?? 'Another field'} is saved as: {field.saved || 'nothing'}
              </List.Item>
            ))}
          </List>
        ) : null}
      </Stack>
    </Alert>
  );
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text);

/** Fields that belong together, with what they are about. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="fieldset" withBorder p="md" radius="md" m={0} miw={0}>
      <legend style={{ padding: '0 6px', fontWeight: 600 }}>{title}</legend>
      <Stack gap="sm">{children}</Stack>
    </Paper>
  );
}
