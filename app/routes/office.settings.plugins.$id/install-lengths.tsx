import { Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface InstallLengthsProps {
  values: { durations: string; gridMinutes: string };
  errors: Record<string, string>;
}

/** What an online session at this provider may last, where the account there has limits. */
export function InstallLengths({ values, errors }: InstallLengthsProps) {
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="lengths">
      <Title order={2} id="lengths" mb={4}>
        Lengths and starts
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Where the provider has limits, such as rooms that end after 40 minutes. Sessions elsewhere and what is booked already stay
        as they are.
      </Text>
      <Form method="post" noValidate>
        <input type="hidden" name="intent" value="lengths" />
        <Stack gap="md">
          <TextInput
            name="durations"
            label="Lengths it takes"
            description="Minutes with commas between them. Empty: any that can be chosen"
            inputMode="numeric"
            defaultValue={values.durations}
            error={errors.durations}
          />
          <TextInput
            name="gridMinutes"
            type="number"
            min={1}
            max={60}
            label="Sessions begin every … minutes"
            description="Empty: as the program and the organisation say"
            defaultValue={values.gridMinutes}
            error={errors.gridMinutes}
          />
          <Group>
            <SubmitButton>Save lengths</SubmitButton>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
