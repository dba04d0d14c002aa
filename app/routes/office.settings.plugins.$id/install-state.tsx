import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { InstallView } from '#app/plugin-host/types.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { stateTexts } from './install-words.ts';

interface InstallStateProps {
  install: InstallView;
  uses: { count: number; what: string }[];
}

/** Enable, try out, disable, and make it the default: each with what follows from it. */
export function InstallState({ install, uses }: InstallStateProps) {
  const { savedState, isDefault, problem } = install;
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="state">
      <Title order={2} id="state">
        State
      </Title>
      <Stack gap="md" mt="xs">
        <Text size="sm">
          {stateTexts[install.state]}
          {isDefault ? ' It is the default, so it can’t be disabled: choose another default first.' : ''}
        </Text>
        {isDefault && savedState === 'enabled' ? null : (
          <Group>
            {savedState !== 'enabled' && !problem ? <StateButton state="enabled" label="Enable" /> : null}
            {savedState !== 'test' && !isDefault && !problem ? <StateButton state="test" label="Put in test" /> : null}
            {!isDefault && install.state === 'enabled' && (install.kind === 'billing' || install.kind === 'meeting') ? (
              <Form method="post">
                <input type="hidden" name="intent" value="default" />
                <SubmitButton name="choose" value="default" variant="default">
                  Make it the default
                </SubmitButton>
              </Form>
            ) : null}
            {savedState !== 'disabled' && !isDefault ? (
              <ConfirmButton
                align="start"
                label="Disable"
                dangerous
                confirm="Disable it"
                fields={{ intent: 'state', state: 'disabled' }}
                consequence={consequence(install, uses)}
              />
            ) : null}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function StateButton({ state, label }: { state: 'enabled' | 'test'; label: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="state" />
      <SubmitButton name="state" value={state} variant="default">
        {label}
      </SubmitButton>
    </Form>
  );
}

function consequence(install: InstallView, uses: { count: number; what: string }[]): string {
  const used = uses.filter((use) => use.count > 0).map((use) => `${use.count} ${use.what}`);
  const who = used.length > 0 ? `It is used by ${used.join(' and ')}. ` : '';
  if (install.kind === 'payment') {
    return `${who}Families can’t pay by card any more, and no saved card is charged; what is under way is finished.`;
  }
  if (install.kind === 'payroll') return `${who}No pay run can be exported with it any more.`;
  return install.kind === 'billing'
    ? `${who}Nothing new can be given to it; places it has begun to bill it finishes.`
    : `${who}Rooms that were handed out keep working; sessions that still wait for a room fail and say so.`;
}
