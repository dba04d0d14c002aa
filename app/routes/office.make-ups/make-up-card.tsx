import { Anchor, Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { MakeUpView } from '../policy-pages/make-up-view.ts';

interface Props {
  row: MakeUpView;
  today: string;
  children: ReactNode;
}

/** One lesson to be made up for: what was missed, until when, and what can be done about it. */
export function MakeUpCard({ row, today, children }: Props) {
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={`${row.student}, ${row.missed.text}`}>
      <Stack gap="sm">
        {children}
        <Group justify="space-between" gap="xs">
          <Anchor component={Link} to={`/office/students/${row.studentId}`} fw={600}>
            {row.student}
          </Anchor>
          <Text size="sm" c={row.state === 'open' && row.expiresOn < today ? 'red' : 'dimmed'} className="tabular">
            {row.state === 'open' ? `Until ${row.until}` : row.stateText}
          </Text>
        </Group>
        <Text size="sm">
          {row.why}:{' '}
          <Anchor component={Link} to={row.missed.to} inherit>
            {row.missed.text}
          </Anchor>
          , {row.subject} with {row.tutor}, {row.minutes} minutes, {row.program}
        </Text>
        {row.used ? (
          <Text size="sm">
            Made up for on{' '}
            <Anchor component={Link} to={row.used.to} inherit>
              {row.used.text}
            </Anchor>
          </Text>
        ) : null}
        {row.state === 'open' ? <Acts row={row} today={today} /> : null}
      </Stack>
    </Paper>
  );
}

function Acts({ row, today }: Pick<Props, 'row' | 'today'>) {
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <Button component={Link} to={row.book} size="sm">
          Book the lesson for it
        </Button>
        {row.fits.length > 0 ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="id" value={row.id} />
            <Group gap="xs" align="flex-end">
              <NativeSelect name="session" size="sm" label="Or one that is planned" data={row.fits} />
              <SubmitButton name="intent" value="use" variant="default" size="sm">
                It makes up for it
              </SubmitButton>
            </Group>
          </Form>
        ) : null}
      </Group>
      <Group gap="sm" align="flex-end">
        <Form method="post" preventScrollReset>
          <input type="hidden" name="id" value={row.id} />
          <Group gap="xs" align="flex-end">
            <TextInput name="until" type="date" size="sm" label="Last day" defaultValue={row.expiresOn} min={today} />
            <SubmitButton name="intent" value="extend" variant="default" size="sm">
              Change
            </SubmitButton>
          </Group>
        </Form>
        <Form method="post" preventScrollReset>
          <input type="hidden" name="id" value={row.id} />
          <SubmitButton name="intent" value="charge" variant="subtle" color="red" size="sm">
            Charge it now
          </SubmitButton>
        </Form>
      </Group>
    </Stack>
  );
}
