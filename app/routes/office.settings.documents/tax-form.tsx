import { Group, List, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { SettingsForm } from './settings-form.tsx';

interface TaxFormProps {
  taxes: readonly { id: string; name: string; percent: string }[];
  answer: RecordAnswer | undefined;
}

/** What taxes are called on documents; programs and packages take the percentage. */
export function TaxForm({ taxes, answer }: TaxFormProps) {
  const { field } = recordFields({}, answer);
  return (
    <Stack gap="md">
      {taxes.length === 0 ? (
        <Text size="sm" c="dimmed">
          No names yet: documents say “Tax 20%”. Which percentage holds is set at each program and package; here it gets the name
          that your law wants to see, such as “VAT 20 %” or “Exempt from tax”.
        </Text>
      ) : (
        <List size="sm" listStyleType="none" spacing={6}>
          {taxes.map((tax) => (
            <List.Item key={tax.id}>
              <Group gap="sm">
                <span>
                  {tax.name} ({tax.percent}%)
                </span>
                <Form method="post">
                  <input type="hidden" name="intent" value="archive-tax" />
                  <SubmitButton
                    name="taxRateId"
                    value={tax.id}
                    variant="subtle"
                    size="compact-xs"
                    aria-label={`Remove ${tax.name}`}
                  >
                    Remove
                  </SubmitButton>
                </Form>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      <SettingsForm intent="tax" submit="Add the name" answer={answer} labels={{ name: 'Name', percent: 'Per cent' }}>
        <Group gap="sm" align="flex-start" grow>
          <TextInput {...field('name')} label="Name" placeholder="VAT 20 %" required />
          <TextInput {...field('percent')} label="Per cent" inputMode="decimal" placeholder="20" required />
        </Group>
      </SettingsForm>
    </Stack>
  );
}
