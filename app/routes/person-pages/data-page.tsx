import { Alert, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { DateTime } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import type { loadDataPage } from './data-page.server.ts';
import { PersonTabs } from './person-tabs.tsx';
import { PLACES } from './person-words.ts';

const whom = {
  client: 'the whole family: the client and their students',
  student: 'the student; the client who pays stays',
  tutor: 'the tutor',
} as const;

/** The tab "Data" of a person: given out, or erased. */
export function DataPage() {
  const page = useLoaderData<typeof loadDataPage>();
  const { kind, id, name, ref, erasedAt, inTheWay, hanging } = page;
  const answer = useActionData<RecordAnswer>();
  const { field } = recordFields({}, answer);
  const { path, many } = PLACES[kind];
  return (
    <>
      <PageHeader title={name} back={{ to: path, label: many }} />
      <PersonTabs type={kind} id={id} />
      {page.justErased ? (
        <Alert color="green" variant="light" role="status" mb="md" title="Erased. Issued documents stay as they were issued." />
      ) : null}
      <ToldAlert told={answer?.message ? { message: answer.message } : undefined} />
      <Stack gap="lg" maw={720}>
        <Panel title="What is kept">
          <Stack gap="sm">
            <Text size="sm">{hanging || 'Nothing hangs on this record.'}</Text>
            <Form method="post" action={`${path}/${id}/export`} reloadDocument>
              <Button type="submit" variant="default">
                Download everything
              </Button>
            </Form>
            <Text size="sm" c="dimmed">
              One file for {whom[kind]}, with notes and files of every visibility: read it before you hand it on. That it was
              downloaded is in the audit log.
            </Text>
          </Stack>
        </Panel>
        <Panel title="Erase">
          {erasedAt ? (
            <Text size="sm">
              Erased on <DateTime value={erasedAt} show="date" plain />.
            </Text>
          ) : inTheWay.length > 0 ? (
            <Stack gap={4}>
              <Text size="sm">Before this record can be erased:</Text>
              <List size="sm">
                {inTheWay.map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
              </List>
            </Stack>
          ) : (
            <Form method="post">
              <Stack gap="sm">
                <Text size="sm">
                  Erases {whom[kind]}. Names, addresses, notes, files and messages go, what was written of lessons that were
                  theirs alone is blanked, and their names are taken out of everybody else’s texts. Lessons and amounts stay
                  without a name; issued invoices, payments and pay stay as the law asks. It can’t be undone.
                </Text>
                <TextInput {...field('confirm')} label={`Type ${ref} to confirm`} autoComplete="off" required maw={280} />
                <div>
                  <SubmitButton color="red.9">Erase for good</SubmitButton>
                </div>
              </Stack>
            </Form>
          )}
        </Panel>
      </Stack>
    </>
  );
}
