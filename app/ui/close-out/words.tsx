import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { CloseOutValues } from '../session-close-out-values.ts';
import styles from './close-out-form.module.css';
import { fill, textIn } from './fields.ts';

export interface NoteTemplate {
  id: string;
  name: string;
  body: string;
}

interface WordsProps {
  values: CloseOutValues;
  errors: Record<string, string>;
  templates: readonly NoteTemplate[];
  /** A few sentences for the family are asked for; sent by mail or shown on their page alone. */
  summary: 'mailed' | 'shown' | null;
  familiesSee: { notes: boolean; homework: boolean };
}

const area = { resize: 'vertical', size: 'md' } as const;

/** How it went, in words: for everybody, for each student of a group, and what comes next. */
export function Words({ values, errors, templates, summary, familiesSee }: WordsProps) {
  const mounted = useMounted();
  const group = values.students.length > 1;
  const read = familiesSee.notes ? 'Families read these' : 'The office reads these, families don’t';
  return (
    <section aria-labelledby="words">
      <Title order={2} id="words" mb="xs">
        How it went
      </Title>
      <Stack gap="md">
        <div>
          <Textarea
            name="notes"
            label={group ? 'Progress notes for everyone' : 'Progress notes'}
            description={read}
            defaultValue={values.notes}
            error={errors.notes}
            rows={3}
            {...area}
          />
          {mounted && templates.length > 0 ? <Templates templates={templates} /> : null}
        </div>
        {group
          ? values.students.map((student) => (
              <div key={student.studentId}>
                <Textarea
                  name={`note.${student.studentId}`}
                  label={`About ${student.name}`}
                  description={familiesSee.notes ? 'Only this family reads it' : undefined}
                  defaultValue={student.note}
                  rows={2}
                  {...area}
                />
                {mounted ? <CopyToAll from={`note.${student.studentId}`} students={values.students} /> : null}
              </div>
            ))
          : null}
        {summary ? (
          <Textarea
            name="summary"
            label="Summary for the family"
            description={
              summary === 'mailed' ? 'A few sentences; they get it by mail with the homework' : 'A few sentences, on their page'
            }
            defaultValue={values.summary}
            error={errors.summary}
            rows={2}
            {...area}
          />
        ) : null}
        <div className={styles.times}>
          <Textarea
            name="homework"
            label={group ? 'Homework for everyone' : 'Homework'}
            description={familiesSee.homework ? undefined : 'Families are not shown it'}
            defaultValue={values.homework}
            error={errors.homework}
            rows={2}
            {...area}
          />
          <TextInput
            type="date"
            name="homeworkDueOn"
            label="Due"
            defaultValue={values.homeworkDueOn}
            error={errors.homeworkDueOn}
            size="md"
          />
        </div>
        {group ? (
          <details className={styles.more} open={values.students.some((student) => student.homework !== '')}>
            <summary>Other homework for one of them</summary>
            <Stack gap="sm">
              {values.students.map((student) => (
                <Textarea
                  key={student.studentId}
                  name={`homework.${student.studentId}`}
                  label={`Homework for ${student.name}`}
                  description="Instead of everybody’s"
                  defaultValue={student.homework}
                  rows={2}
                  {...area}
                />
              ))}
            </Stack>
          </details>
        ) : null}
        <Textarea
          name="nextTopics"
          label="Topics for next time"
          defaultValue={values.nextTopics}
          error={errors.nextTopics}
          rows={2}
          {...area}
        />
        <Textarea
          name="privateNote"
          label="Private note for the office"
          description="Never shown to families"
          defaultValue={values.privateNote}
          error={errors.privateNote}
          rows={2}
          {...area}
        />
      </Stack>
    </section>
  );
}

/** Puts a template at the end of the notes, so that nothing typed is lost. */
function Templates({ templates }: { templates: readonly NoteTemplate[] }) {
  return (
    <Group gap={6} mt={6} role="group" aria-label="Put a template into the notes">
      {templates.map((template) => (
        <Button
          key={template.id}
          variant="default"
          size="compact-sm"
          onClick={({ currentTarget: { form } }) => {
            if (!form) return;
            const there = textIn(form, 'notes').trimEnd();
            fill(form, { notes: [there === '' ? template.body : `${there}\n\n${template.body}`] });
          }}
        >
          {template.name}
        </Button>
      ))}
    </Group>
  );
}

function CopyToAll({ from, students }: { from: string; students: CloseOutValues['students'] }) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      mt={4}
      onClick={({ currentTarget: { form } }) => {
        if (!form) return;
        const text = textIn(form, from);
        if (text !== '') fill(form, Object.fromEntries(students.map(({ studentId }) => [`note.${studentId}`, [text]])));
      }}
    >
      Copy to all
    </Button>
  );
}
