import { Anchor, Button, Group, Input, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import styles from '#app/ui/session-sections.module.css';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import type { SessionFilesView } from './files-of-session.server.ts';

interface SessionFilesProps {
  files: SessionFilesView;
  /** Of the page's own action, for a browser without the page's script. */
  answer?: SectionAnswer | undefined;
}

/** Files and links to go on with: each is kept at once, whatever else is typed on the page. */
export function SessionFiles({ files, answer }: SessionFilesProps) {
  return (
    <Section id="files" title="Files and links">
      {files.files.length + files.links.length === 0 ? (
        <Text size="sm" c="dimmed">
          Homework sheets, a picture of the board, links to go on with. Families get them with the notes; receipts stay with you
          and the office.
        </Text>
      ) : (
        <ul className={styles.list}>
          {files.files.map((file) => (
            <li key={file.id}>
              <Line id={file.id} name="fileId" intent="remove-file" removable={file.removable} title={file.name}>
                <Anchor href={`/sessions/${files.sessionId}/files/${file.id}`}>{file.name}</Anchor>
                <Text size="xs" c="dimmed">
                  {file.about}
                </Text>
              </Line>
            </li>
          ))}
          {files.links.map((link) => (
            <li key={link.id}>
              <Line id={link.id} name="materialId" intent="remove-link" removable title={link.title}>
                <Anchor href={link.url} target="_blank" rel="noopener noreferrer">
                  {link.title}
                </Anchor>
              </Line>
            </li>
          ))}
        </ul>
      )}
      <FileForm files={files} answer={answer?.intent === 'add-file' ? answer : undefined} />
      <LinkForm formId={files.formId} answer={answer?.intent === 'add-link' ? answer : undefined} />
    </Section>
  );
}

interface LineProps {
  id: string;
  name: string;
  intent: string;
  removable: boolean;
  title: string;
  children: React.ReactNode;
}

function Line({ id, name, intent, removable, title, children }: LineProps) {
  const fetcher = useFetcher();
  return (
    <Group gap="xs" align="baseline">
      {children}
      {removable ? (
        <fetcher.Form method="post">
          <input type="hidden" name={name} value={id} />
          <Button
            type="submit"
            name="intent"
            value={intent}
            variant="subtle"
            color="gray"
            size="compact-xs"
            loading={fetcher.state !== 'idle'}
            aria-label={`Remove ${title}`}
          >
            Remove
          </Button>
        </fetcher.Form>
      ) : null}
    </Group>
  );
}

function FileForm({ files, answer }: { files: SessionFilesView; answer: SectionAnswer | undefined }) {
  const fetcher = useFetcher();
  const refused = useRefused(fetcher, answer);
  const form = useFocusFirstError(refused);
  useEmptied(form, fetcher.state, refused);
  return (
    <details className={styles.more} open={refused !== undefined}>
      <summary>Add a file</summary>
      <fetcher.Form method="post" encType="multipart/form-data" ref={form} noValidate>
        <Stack gap="sm">
          <ProblemAlert problem={refused?.problem} />
          <NativeSelect name="kind" label="What it is" data={files.kinds} defaultValue={refused?.values.kind} size="md" />
          {files.students.length > 1 ? (
            <NativeSelect name="studentId" label="For whom" defaultValue={refused?.values.studentId} size="md">
              <option value="">Everybody in the session</option>
              {files.students.map((student) => (
                <option key={student.id} value={student.id}>
                  {student.name}
                </option>
              ))}
            </NativeSelect>
          ) : null}
          <Input.Wrapper id="session-file" label="File" error={refused?.problem.errors.file} size="md">
            <Input
              id="session-file"
              name="file"
              type="file"
              accept={files.accept}
              error={Boolean(refused?.problem.errors.file)}
              size="md"
            />
          </Input.Wrapper>
          <Group>
            <Button type="submit" name="intent" value="add-file" variant="default" loading={fetcher.state !== 'idle'}>
              Add file
            </Button>
          </Group>
        </Stack>
      </fetcher.Form>
    </details>
  );
}

function LinkForm({ formId, answer }: { formId: string; answer: SectionAnswer | undefined }) {
  const fetcher = useFetcher();
  const refused = useRefused(fetcher, answer);
  const form = useFocusFirstError(refused);
  useEmptied(form, fetcher.state, refused);
  return (
    <details className={styles.more} open={refused !== undefined}>
      <summary>Add a link for the family</summary>
      <fetcher.Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <ProblemAlert problem={refused?.problem} />
          <input type="hidden" name="formId" value={formId} />
          <TextInput
            name="title"
            label="Name"
            defaultValue={refused?.values.title}
            error={refused?.problem.errors.title}
            size="md"
          />
          <TextInput
            name="url"
            type="url"
            label="Link"
            placeholder="https://"
            defaultValue={refused?.values.url}
            error={refused?.problem.errors.url}
            size="md"
          />
          <Group>
            <Button type="submit" name="intent" value="add-link" variant="default" loading={fetcher.state !== 'idle'}>
              Add link
            </Button>
          </Group>
        </Stack>
      </fetcher.Form>
    </details>
  );
}

/**
 * What was refused last, if nothing was taken since: what is taken is answered by leading back to the page, after which a
 * fetcher still holds the refusal before it.
 */
function useRefused({ state, data }: { state: string; data: unknown }, answer: SectionAnswer | undefined) {
  const [taken, setTaken] = useState<{ after: unknown }>();
  const last = useRef<{ state: string; sentAfter: unknown }>({ state, sentAfter: undefined });
  useEffect(() => {
    const { current } = last;
    if (current.state === 'idle' && state !== 'idle') current.sentAfter = data;
    if (current.state !== 'idle' && state === 'idle' && data === current.sentAfter) setTaken({ after: data });
    current.state = state;
  }, [state, data]);
  if (taken && taken.after === data) return undefined;
  return typeof data === 'object' && data !== null && 'problem' in data ? (data as SectionAnswer) : answer;
}

/** Once it is in, the form is ready for the next one. */
function useEmptied(form: React.RefObject<HTMLFormElement | null>, state: string, refused: SectionAnswer | undefined) {
  const sent = useRef(false);
  useEffect(() => {
    if (state !== 'idle') sent.current = true;
    else if (sent.current && !refused) {
      sent.current = false;
      form.current?.reset();
    }
  }, [form, state, refused]);
}
