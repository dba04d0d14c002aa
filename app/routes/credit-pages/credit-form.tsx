import { Stack } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';

interface CreditFormProps {
  name: string;
  answer: Refusal | undefined;
  /** Sent along, so that a double click does it once. */
  formId: string;
  submit: string;
  children: (field: FieldOf) => ReactNode;
}

export type FieldOf = (
  name: string,
  otherwise?: string,
) => { id: string; name: string; defaultValue: string; error: string | undefined; inputWrapperOrder: Order };
type Order = ('label' | 'input' | 'description' | 'error')[];

const inputWrapperOrder: Order = ['label', 'input', 'description', 'error'];

/** One of several forms on a page: what was typed and what is wrong with it come back to it alone. */
export function CreditForm({ name, answer, formId, submit, children }: CreditFormProps) {
  const own = answer?.form === name ? answer : undefined;
  const form = useFocusFirstError(own);
  const field: FieldOf = (key, otherwise = '') => ({
    id: `${name}-${key}`,
    name: key,
    defaultValue: own?.values[key] ?? otherwise,
    error: own?.errors[key],
    inputWrapperOrder,
  });
  const errors = Object.fromEntries(Object.entries(own?.errors ?? {}).map(([key, text]) => [`${name}-${key}`, text]));
  return (
    <Form method="post" ref={form} noValidate key={formId}>
      <Stack gap="sm">
        <ErrorSummary message={own?.message} errors={errors} />
        <input type="hidden" name="form" value={name} />
        <input type="hidden" name="id" value={own?.values.id ?? formId} />
        {children(field)}
        <SubmitButton style={{ alignSelf: 'flex-start' }}>{submit}</SubmitButton>
      </Stack>
    </Form>
  );
}
