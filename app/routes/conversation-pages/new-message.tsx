import { NativeSelect, Textarea } from '@mantine/core';
import { useActionData, useLoaderData } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import type { loadNewMessage } from './new-message.server.ts';
import { listOf } from './places.ts';

const labels = { to: 'To', body: 'Message' };

export function NewMessage() {
  const { place, on, choices, chosen, key } = useLoaderData<typeof loadNewMessage>();
  const answer = useActionData<RecordAnswer>();
  const { field } = recordFields({ to: [chosen] }, answer);
  const here = listOf(place);
  return (
    <>
      <PageHeader title="New message" back={{ to: here, label: 'Messages' }} description="The office reads along." />
      {choices.length === 0 ? (
        <EmptyState
          title={on ? 'Nobody to write to' : 'Messages are switched off'}
          text={
            on
              ? 'Messages can be written as long as lessons are planned, and 30 days after the last one.'
              : 'Please turn to the office.'
          }
          action={{ to: here, label: 'Back to the messages' }}
        />
      ) : (
        <RecordForm answer={answer} labels={labels} submit="Send" cancelTo={here}>
          <input type="hidden" name="key" value={answer?.values.key?.[0] ?? key} />
          <NativeSelect
            {...field('to')}
            label={labels.to}
            data={choices.length === 1 ? choices : [{ value: '', label: 'Choose' }, ...choices]}
            required
          />
          <Textarea {...field('body')} label={labels.body} autosize minRows={5} maxRows={18} required />
        </RecordForm>
      )}
    </>
  );
}
