import { Group, Textarea, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';

interface Props {
  clientId: string;
  clientName: string;
  what: 'no_address' | 'no_email';
  answer: Refusal | undefined;
}

/** What the invoice of a family lacks, entered where it is missed. */
export function CompleteForm({ clientId, clientName, what, answer }: Props) {
  const field = what === 'no_email' ? 'email' : 'address';
  const mine = answer?.form === 'complete' && answer.values.clientId === clientId && answer.values[field] !== undefined;
  const common = {
    name: field,
    size: 'xs' as const,
    defaultValue: mine ? answer.values[field] : '',
    error: mine ? (answer.errors[field] ?? answer.errors.address) : undefined,
  };
  return (
    <Form method="post" noValidate preventScrollReset>
      <input type="hidden" name="intent" value="complete" />
      <input type="hidden" name="clientId" value={clientId} />
      <Group gap="xs" align="flex-start" wrap="nowrap">
        {field === 'email' ? (
          <TextInput {...common} type="email" aria-label={`E-mail of ${clientName}`} placeholder="name@example.org" />
        ) : (
          <Textarea {...common} rows={1} autosize aria-label={`Address of ${clientName}`} placeholder="Street, town" miw={200} />
        )}
        <SubmitButton size="xs" variant="default">
          Save
        </SubmitButton>
      </Group>
    </Form>
  );
}
