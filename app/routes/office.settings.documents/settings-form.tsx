import { Stack } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface SettingsFormProps {
  intent: string;
  submit: string;
  answer: RecordAnswer | undefined;
  labels: Record<string, string>;
  files?: boolean;
  children: ReactNode;
}

/** One of several forms on a page of settings, saved for itself. */
export function SettingsForm({ intent, submit, answer, labels, files = false, children }: SettingsFormProps) {
  const form = useFocusFirstError(answer);
  return (
    <Form method="post" ref={form} noValidate {...(files ? { encType: 'multipart/form-data' as const } : {})}>
      <input type="hidden" name="intent" value={intent} />
      <Stack gap="sm">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
        {children}
        <SubmitButton variant="default" style={{ alignSelf: 'flex-start' }}>
          {submit}
        </SubmitButton>
      </Stack>
    </Form>
  );
}
