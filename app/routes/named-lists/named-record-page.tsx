import { Anchor, Text, TextInput } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { NamedRow } from '#app/domain/named-lists/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { RecordForm } from '#app/ui/record-form.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import type { HistoryLine } from '#app/ui/record-history-words.ts';
import { usesText } from './uses-text.ts';

interface Props {
  /** The list it is in, and where that is. */
  list: { title: string; path: string };
  record: Pick<NamedRow, 'name' | 'version' | 'uses'> & { archivedAt: Date | null };
  history: HistoryLine[];
  /** Where the tutors who have it are listed. */
  tutorsAt: string;
  answer: RecordAnswer | undefined;
}

/** One name of a list: renaming it, who has it, and its history. */
export function NamedRecordPage({ list, record, history, tutorsAt, answer }: Props) {
  const { field } = recordFields({ name: [record.name] }, answer);
  return (
    <>
      <PageHeader
        title={<RecordTitle name={record.name} archived={record.archivedAt !== null} />}
        back={{ to: list.path, label: list.title }}
      />
      <RecordColumns>
        <RecordColumn>
          <RecordForm answer={answer} version={record.version} labels={{ name: 'Name' }} submit="Save" cancelTo={list.path}>
            <TextInput {...field('name')} label="Name" withAsterisk required autoComplete="off" maw={400} />
          </RecordForm>
          <Text size="sm" c="dimmed">
            Used by {usesText(record.uses)}.{' '}
            {record.uses.tutors > 0 ? (
              <Anchor component={Link} to={tutorsAt} size="sm">
                Show the tutors
              </Anchor>
            ) : null}
          </Text>
        </RecordColumn>
        <RecordColumn>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
