import { Button, Group, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { MOST_STUDENTS } from '#app/domain/public-forms/enquiry.schema.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { EnquiryField } from './enquiry-field.tsx';
import { isWide, type PublicFormProps } from './field-props.ts';
import styles from './form.module.css';
import { Trap } from './form-frame.tsx';
import { useReaderZone } from './reader-zone.ts';

const TITLES = { you: 'About you', student: 'Who is it for?', lessons: 'The lessons' } as const;

/** What a family fills in; the same piece is the preview in the settings. */
export function EnquiryForm({ asked, choices, intro, company, token, signedIn, answer }: PublicFormProps) {
  const refusal = answer && (answer.message || Object.keys(answer.errors).length > 0) ? answer : undefined;
  const form = useFocusFirstError(refusal);
  const students = answer?.students ?? 1;
  const zone = useReaderZone();
  const before = useRef(students);
  useEffect(() => {
    if (students > before.current) document.getElementById(`students.${students - 1}.name`)?.focus();
    before.current = students;
  }, [students]);
  const { field, chosen } = recordFields(signedIn ? asFormValues(signedIn) : {}, answer);
  const rows = (section: keyof typeof TITLES, prefix = '') =>
    asked
      .filter((one) => one.section === section && (one.field !== 'levelId' || choices.levels.length > 0))
      .map((one) => (
        <div key={one.field} className={isWide(one) ? styles.wide : undefined}>
          <EnquiryField
            asked={one}
            prefix={prefix}
            field={field}
            chosen={chosen}
            choices={choices}
            locale={company.locale}
            zone={zone ?? company.timezone}
          />
        </div>
      ));
  return (
    <Form discover="none" method="post" ref={form} noValidate key={students}>
      <input type="hidden" name="token" value={answer?.token ?? token} readOnly />
      <input type="hidden" name="zone" value={zone ?? ''} readOnly />
      <Trap />
      {/* What the Enter key presses. */}
      <button type="submit" name="intent" value="send" className={styles.unseen} tabIndex={-1} aria-hidden="true" />
      <Stack gap="lg">
        {intro ? (
          <Text style={{ whiteSpace: 'pre-line' }} dir="auto">
            {intro}
          </Text>
        ) : null}
        {signedIn ? (
          <Text size="sm" c="dimmed">
            You are signed in: this goes to your account.
          </Text>
        ) : null}
        <ErrorSummary errors={answer?.errors} labels={labelsOf(asked, students)} />
        <FormSection title={TITLES.you}>
          <div className={styles.questions}>{rows('you')}</div>
        </FormSection>
        {Array.from({ length: students }, (_, index) => {
          const prefix = `students.${index}.`;
          return (
            <FormSection key={prefix} title={index === 0 ? TITLES.student : `Student ${index + 1}`}>
              <div className={styles.questions}>{rows('student', prefix)}</div>
              {students > 1 ? (
                <Group>
                  <Button type="submit" name="intent" value={`remove:${index}`} variant="subtle" size="compact-sm" formNoValidate>
                    Take this student out
                  </Button>
                </Group>
              ) : null}
            </FormSection>
          );
        })}
        {students < MOST_STUDENTS ? (
          <Group>
            <Button type="submit" name="intent" value="add" variant="default" size="sm" formNoValidate>
              Add another student
            </Button>
          </Group>
        ) : null}
        {asked.some((one) => one.section === 'lessons') ? (
          <FormSection title={students > 1 ? 'The lessons, for all of them' : TITLES.lessons}>
            <div className={styles.questions}>{rows('lessons')}</div>
          </FormSection>
        ) : null}
        <div>
          <SubmitButton size="md" fullWidth name="intent" value="send">
            Send
          </SubmitButton>
          <Text size="sm" c="dimmed" mt="xs">
            {company.name} looks for somebody who fits, and writes to you. Nothing is booked or charged before.
          </Text>
        </div>
      </Stack>
    </Form>
  );
}

/** What the fields are called in the list of what is wrong. */
function labelsOf(asked: PublicFormProps['asked'], students: number): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const { field, label, section, custom } of asked) {
    const name = custom ? `custom.${custom.id}` : field === 'student' ? 'name' : field;
    if (section !== 'student') labels[name] = label;
    else for (let index = 0; index < students; index++) labels[`students.${index}.${name}`] = label;
  }
  return labels;
}
