import { Box, Input, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The picture on top of each document. */
export function LogoForm({ logo, answer }: { logo: string | null; answer: RecordAnswer | undefined }) {
  return (
    <Stack gap="md">
      {logo ? (
        <Stack gap="sm" align="flex-start">
          {/* Documents are white paper, in the dark too. */}
          <Box p="sm" bg="white" style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 8 }}>
            <img src={logo} alt="The logo of your documents" style={{ display: 'block', maxWidth: 240, maxHeight: 80 }} />
          </Box>
          <Form method="post">
            <SubmitButton name="intent" value="no-logo" variant="default" size="xs">
              Take it away
            </SubmitButton>
          </Form>
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          No logo yet: documents carry your name alone.
        </Text>
      )}
      <SettingsForm
        intent="logo"
        submit={logo ? 'Replace the logo' : 'Add the logo'}
        answer={answer}
        labels={{ logo: 'Picture' }}
        files
      >
        <Input.Wrapper
          id="logo"
          label="Picture"
          description="PNG or JPEG, below 1 MB; about 600 pixels wide is plenty"
          error={answer?.errors.logo}
        >
          <Input id="logo" name="logo" type="file" accept="image/png,image/jpeg" error={Boolean(answer?.errors.logo)} />
        </Input.Wrapper>
      </SettingsForm>
    </Stack>
  );
}
