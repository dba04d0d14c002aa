import { Input, NativeSelect, Stack, Text } from '@mantine/core';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { acceptOf, labelsOf } from '#app/domain/files/file-types.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { FilesList } from './files-list.tsx';
import { NoteFields, noteLabels } from './note-fields.tsx';
import { NotesList } from './notes-list.tsx';
import type { actOnNotes, loadNotesPage } from './notes-page.server.ts';
import { PersonTabs } from './person-tabs.tsx';
import { PLACES, visibilityChoices } from './person-words.ts';

/** The tab "Notes and files" of a person's or a request's page. */
export function NotesPage() {
  const page = useLoaderData<typeof loadNotesPage>();
  const told = useActionData<typeof actOnNotes>();
  const answer = told && 'values' in told ? told : undefined;
  const which = answer?.values.intent?.[0];
  const { path, many } = PLACES[page.type];
  return (
    <>
      <PageHeader title={<RecordTitle name={page.name} archived={page.archived} />} back={{ to: path, label: many }} />
      <PersonTabs type={page.type} id={page.id} />
      <ToldAlert told={told && !answer && 'message' in told && told.message ? { message: told.message } : undefined} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Write a note">
            {/* Afresh after each note that was kept. */}
            <NoteForm key={page.notes[0]?.id ?? 'first'} page={page} answer={which === 'add-note' ? answer : undefined} />
          </Panel>
          <Panel title="Add a file">
            <FileForm key={page.files[0]?.id ?? 'first'} page={page} answer={which === 'add-file' ? answer : undefined} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Notes">
            {page.notes.length > 0 ? <NotesList type={page.type} notes={page.notes} /> : <None what="note" one={page.type} />}
          </Panel>
          <Panel title="Files">
            {page.files.length > 0 ? <FilesList type={page.type} files={page.files} /> : <None what="file" one={page.type} />}
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}

type Page = ReturnType<typeof useLoaderData<typeof loadNotesPage>>;
interface FormProps {
  page: Page;
  answer: RecordAnswer | undefined;
}

function NoteForm({ page, answer }: FormProps) {
  const form = useFocusFirstError(answer);
  return (
    <Form method="post" ref={form} noValidate>
      <Stack gap="sm">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={noteLabels} />
        <NoteFields type={page.type} mayHide={page.mayHide} initial={{ visibility: ['office'] }} answer={answer} />
        <div>
          <SubmitButton name="intent" value="add-note">
            Keep the note
          </SubmitButton>
        </div>
      </Stack>
    </Form>
  );
}

function FileForm({ page, answer }: FormProps) {
  const form = useFocusFirstError(answer);
  if (page.taken.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No files are taken at present. An administrator sets which under Settings, Files.
      </Text>
    );
  return (
    <Form method="post" ref={form} encType="multipart/form-data" noValidate>
      <Stack gap="sm">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={{ file: 'File', visibility: 'Who sees it' }} />
        <Input.Wrapper
          id="file"
          label="File"
          // What is taken stands in the reason too.
          description={answer?.errors.file ? undefined : labelsOf(page.taken)}
          error={answer?.errors.file}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        >
          <Input id="file" name="file" type="file" accept={acceptOf(page.taken)} error={Boolean(answer?.errors.file)} />
        </Input.Wrapper>
        <NativeSelect
          name="visibility"
          label="Who sees it"
          defaultValue={answer?.values.visibility?.[0] ?? 'office'}
          error={answer?.errors.visibility}
          data={visibilityChoices(page.type, page.mayHide)}
        />
        <div>
          <SubmitButton name="intent" value="add-file" variant="default">
            Add the file
          </SubmitButton>
        </div>
      </Stack>
    </Form>
  );
}

function None({ what, one }: { what: string; one: string }) {
  return (
    <Text size="sm" c="dimmed">
      No {what} about this {one} yet.
    </Text>
  );
}
