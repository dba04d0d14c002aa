import { Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { recordFields } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ApplicationField } from './application-field.tsx';
import { isWide, type PublicFormProps } from './field-props.ts';
import styles from './form.module.css';
import { Trap } from './form-frame.tsx';
import { useReaderZone } from './reader-zone.ts';

const SECTIONS = { you: 'About you', teaching: 'What you would teach', documents: 'Documents' } as const;

/** What somebody fills in who would like to teach; the same piece is the preview in the settings. */
export function ApplicationForm({ asked, choices, intro, company, token, answer }: PublicFormProps) {
  const refusal = answer && (answer.message || Object.keys(answer.errors).length > 0) ? answer : undefined;
  const form = useFocusFirstError(refusal);
  const zone = useReaderZone();
  const { field, chosen } = recordFields({}, answer);
  const labels = Object.fromEntries(asked.map((one) => [one.custom ? `custom.${one.custom.id}` : one.field, one.label]));
  return (
    <Form discover="none" method="post" encType="multipart/form-data" ref={form} noValidate>
      <input type="hidden" name="token" value={answer?.token ?? token} readOnly />
      <input type="hidden" name="zone" value={zone ?? ''} readOnly />
      <Trap />
      <Stack gap="lg">
        {intro ? (
          <Text style={{ whiteSpace: 'pre-line' }} dir="auto">
            {intro}
          </Text>
        ) : null}
        <ErrorSummary errors={answer?.errors} labels={labels} />
        {Object.entries(SECTIONS).map(([section, title]) => {
          const own = asked.filter((one) => one.section === section);
          return own.length === 0 ? null : (
            <FormSection key={section} title={title}>
              <div className={styles.questions}>
                {own.map((one) => (
                  <div key={one.field} className={isWide(one) ? styles.wide : undefined}>
                    <ApplicationField
                      asked={one}
                      field={field}
                      chosen={chosen}
                      choices={choices}
                      locale={company.locale}
                      zone={zone ?? company.timezone}
                    />
                  </div>
                ))}
              </div>
            </FormSection>
          );
        })}
        <div>
          <SubmitButton size="md" fullWidth>
            Send the application
          </SubmitButton>
          <Text size="sm" c="dimmed" mt="xs">
            {company.name} reads it and writes to you.
          </Text>
        </div>
      </Stack>
    </Form>
  );
}
