import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import styles from './group-pages.module.css';
import type { WaitingView } from './view-waiting.ts';

interface Props {
  waiting: readonly WaitingView[];
  /** Who can be put on it. */
  students: readonly { id: string; name: string }[];
  /** Why the last form was refused, at its field. */
  error?: string | undefined;
  empty: string;
}

/** Who waits for a place, the longest waiting first, with what the office can do about it. */
export function WaitingList({ waiting, students, error, empty }: Props) {
  return (
    <Stack gap="sm">
      {waiting.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <ol className={styles.list}>
          {waiting.map((entry) => (
            <li key={entry.id} className={styles.row}>
              <div>
                <Anchor component={Link} to={`/office/students/${entry.student.id}`} size="sm">
                  {entry.student.name}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {[`since ${entry.since}`, entry.offered ? `offered ${entry.offered}` : '', entry.note]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              <Group gap={6}>
                {entry.free ? (
                  <EntryButton id={entry.id} intent="place" label="Give the place" name={entry.student.name} main />
                ) : null}
                {entry.free && !entry.offered ? (
                  <EntryButton id={entry.id} intent="offer" label="Offer by mail" name={entry.student.name} />
                ) : null}
                <EntryButton id={entry.id} intent="stop-waiting" label="Take off" name={entry.student.name} />
              </Group>
            </li>
          ))}
        </ol>
      )}
      <details className={styles.more} open={error !== undefined}>
        <summary>Put somebody on the list</summary>
        <StudentForm intent="wait" students={students} error={error} submit="Put on the list">
          <TextInput name="note" label="Note" size="xs" maxLength={500} />
        </StudentForm>
      </details>
    </Stack>
  );
}

function EntryButton({
  id,
  intent,
  label,
  name,
  main = false,
}: {
  id: string;
  intent: string;
  label: string;
  name: string;
  main?: boolean;
}) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="waitingId" value={id} />
      <Button
        type="submit"
        name="intent"
        value={intent}
        size="compact-sm"
        variant={main ? 'filled' : 'default'}
        aria-label={`${label}: ${name}`}
      >
        {label}
      </Button>
    </Form>
  );
}

interface StudentFormProps {
  intent: string;
  students: readonly { id: string; name: string }[];
  error?: string | undefined;
  submit: string;
  children?: ReactNode;
}

/** A student to choose, and what becomes of them. */
export function StudentForm({ intent, students, error, submit, children }: StudentFormProps) {
  return (
    <Form method="post" preventScrollReset className={styles.form}>
      <ChoiceSelect name="studentId" label="Student" choices={students} none="Choose a student" error={error} size="xs" />
      {children}
      <div>
        <SubmitButton name="intent" value={intent} variant="default" size="xs">
          {submit}
        </SubmitButton>
      </div>
    </Form>
  );
}
