import { FileInput, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form } from '@remix-run/react';
import { IconCalendarUp } from '@tabler/icons-react';
import { useState } from 'react';
import { LONGEST_FILE } from '#app/domain/scheduling/closure-limits.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from '../availability-pages/cards.module.css';
import type { FileAnswer } from './act-on-closures.server.ts';

interface Props {
  answer: FileAnswer | undefined;
  programs: { id: string; name: string }[];
  range: { from: string; to: string };
}

const labels = { calendar: 'Calendar file', from: 'From', to: 'Until' };

/** The file is read here and its text sent in a field; without a script the text is pasted. Nothing is saved before the preview. */
export function FileForm({ answer, programs, range }: Props) {
  const form = useFocusFirstError(answer);
  const mounted = useMounted();
  const [text, setText] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const errors = answer?.fileErrors ?? {};
  const wrong = tooLarge ? 'This file is larger than a megabyte, too large for a calendar of holidays.' : errors.calendar;
  const read = async (file: File | null) => {
    const large = file !== null && file.size > LONGEST_FILE;
    setTooLarge(large);
    setText(file && !large ? await file.text() : '');
  };
  return (
    <Panel title="Public holidays from a file">
      <Text size="sm" c="dimmed">
        Your country, state or school offers its holidays as an iCalendar file (.ics). You see what is in it before anything is
        saved; the same file again adds nothing twice.
      </Text>
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} labels={labels} />
          {mounted ? (
            <>
              <input type="hidden" name="calendar" value={text} />
              <FileInput
                id="calendar"
                label={labels.calendar}
                placeholder="Choose a .ics file"
                accept=".ics,text/calendar"
                clearable
                leftSection={<IconCalendarUp size={16} aria-hidden />}
                error={wrong}
                // Mantine's grey of placeholders is below AA in the dark, and this one is text.
                styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }}
                onChange={read}
              />
            </>
          ) : (
            <Textarea
              id="calendar"
              name="calendar"
              label={labels.calendar}
              description="Open the file and paste all of it"
              rows={3}
              error={wrong}
            />
          )}
          <div className={styles.fields}>
            <TextInput
              id="from"
              name="from"
              type="date"
              label={labels.from}
              defaultValue={answer?.fileValues.from ?? range.from}
              error={errors.from}
            />
            <TextInput
              id="to"
              name="to"
              type="date"
              label={labels.to}
              defaultValue={answer?.fileValues.to ?? range.to}
              error={errors.to}
            />
          </div>
          <NativeSelect
            name="programId"
            label="Who is closed then"
            defaultValue={answer?.fileValues.programId ?? ''}
            data={[
              { value: '', label: 'The whole company' },
              ...programs.map(({ id, name }) => ({ value: id, label: `${name} only` })),
            ]}
          />
          <div>
            <SubmitButton name="intent" value="read-file" variant="default">
              See what is in it
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}
