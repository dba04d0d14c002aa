import { Anchor, Group, Input, NativeSelect, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import styles from '#app/ui/session-sections.module.css';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { FamilyFilesView } from './family-files.server.ts';

const WORDS = {
  material: {
    summary: 'Add a file for the tutor',
    label: 'Something to go through together',
    hint: 'A worksheet, a test, a photo of the book. The tutor finds it before the lesson.',
    button: 'Send to the tutor',
  },
  answer: {
    summary: 'Hand in homework as a file',
    label: 'Your homework',
    hint: 'A photo or a document. The tutor reads it before the next lesson.',
    button: 'Hand in',
  },
};

/** The files of a session as its family has them, with the form to add one. */
export function FamilyFiles({ view, answer }: { view: FamilyFilesView; answer: SectionAnswer | undefined }) {
  const { files, adds } = view;
  if (files.length === 0 && adds === null) return null;
  return (
    <Section id="files" title="Files">
      {files.length > 0 ? (
        <ul className={styles.list}>
          {files.map((file) => (
            <li key={file.id}>
              <Group gap="xs" align="baseline">
                <Anchor href={file.href}>{file.name}</Anchor>
                <Text size="xs" c="dimmed">
                  {file.about}
                </Text>
                {file.mine ? (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="fileId" value={file.id} />
                    <SubmitButton
                      name="intent"
                      value="remove-file"
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      aria-label={`Remove ${file.name}`}
                    >
                      Remove
                    </SubmitButton>
                  </Form>
                ) : null}
              </Group>
            </li>
          ))}
        </ul>
      ) : null}
      {adds ? <AddFile key={files.length} view={view} adds={adds} answer={answer} /> : null}
    </Section>
  );
}

interface AddFileProps {
  view: FamilyFilesView;
  adds: 'material' | 'answer';
  answer: SectionAnswer | undefined;
}

function AddFile({ view, adds, answer }: AddFileProps) {
  const mine = answer?.intent === 'add-file' ? answer : undefined;
  const form = useFocusFirstError(mine);
  const words = WORDS[adds];
  const error = mine?.problem.errors.file;
  return (
    <details className={styles.more} open={mine !== undefined}>
      <summary>{words.summary}</summary>
      <Form method="post" encType="multipart/form-data" ref={form} noValidate preventScrollReset>
        <Stack gap="sm" maw={480}>
          <ProblemAlert problem={mine?.problem} />
          {view.students.length > 1 ? (
            <NativeSelect
              name="studentId"
              label="Whose"
              data={view.students.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={mine?.values.studentId}
            />
          ) : null}
          <Input.Wrapper id="family-file" label={words.label} description={words.hint} error={error}>
            <Input id="family-file" name="file" type="file" accept={view.accept} error={Boolean(error)} />
          </Input.Wrapper>
          <Group>
            <SubmitButton name="intent" value="add-file" variant="default">
              {words.button}
            </SubmitButton>
          </Group>
        </Stack>
      </Form>
    </details>
  );
}
