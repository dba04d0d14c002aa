import { Anchor, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { NamedRow } from '#app/domain/named-lists/queries.server.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { usesText } from './uses-text.ts';

type Row = Pick<NamedRow, 'id' | 'name' | 'uses'>;

interface Props {
  title: string;
  description: string;
  /** "tag" */
  word: string;
  path: string;
  /** Said where the list is empty: what it is for. */
  empty: string;
  ordered: boolean;
  active: Row[];
  archived: Row[];
  answered: RecordAnswer | { message: string } | null | undefined;
}

/** A list of names with the form that adds one on top: a page for tags, levels and their like. */
export function NamedListPage({ title, description, word, path, empty, ordered, active, archived, answered }: Props) {
  const { answer, told } = answerOf(answered);
  const { field } = recordFields({}, answer);
  const form = useRef<HTMLFormElement>(null);
  const known = active.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added leaves the field empty for the next
  useEffect(() => form.current?.reset(), [known]);
  const name: Column<Row> = {
    key: 'name',
    header: 'Name',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${path}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  };
  const uses: Column<Row> = { key: 'uses', header: 'Used by', cell: (row) => usesText(row.uses) };
  return (
    <>
      <PageHeader title={title} back={{ to: '/office/settings', label: 'Settings' }} description={description} />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={820}>
        <Form method="post" ref={form} noValidate preventScrollReset>
          <Group align="flex-start" gap="sm" wrap="nowrap">
            <TextInput
              {...field('name')}
              aria-label={`Name of a new ${word}`}
              placeholder={`Name of a new ${word}`}
              autoComplete="off"
              maxLength={80}
              flex="1 1 16rem"
              maw={340}
            />
            <SubmitButton>Add</SubmitButton>
          </Group>
        </Form>
        {active.length === 0 ? (
          <Text c="dimmed">{empty}</Text>
        ) : (
          <DataTable
            caption={title}
            columns={[
              name,
              uses,
              {
                key: 'order',
                header: ordered ? 'Order' : 'Archive',
                cell: (row) => (
                  <ArrangeButtons
                    id={row.id}
                    name={row.name}
                    ordered={ordered}
                    first={row === active[0]}
                    last={row === active.at(-1)}
                  />
                ),
              },
            ]}
            rows={active}
            rowKey={(row) => row.id}
          />
        )}
        {archived.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Archived">
            <Title order={2}>Archived</Title>
            <Text size="sm" c="dimmed">
              Not offered any more. Who has one keeps it.
            </Text>
            <DataTable
              caption={`Archived: ${title.toLowerCase()}`}
              columns={[
                name,
                uses,
                {
                  key: 'restore',
                  header: 'Bring back',
                  cell: (row) => <RestoreButton id={row.id} name={row.name} />,
                },
              ]}
              rows={archived}
              rowKey={(row) => row.id}
            />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
