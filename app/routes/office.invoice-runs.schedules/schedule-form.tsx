import { Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import {
  doesLabel,
  everyLabel,
  SCHEDULE_DOES,
  SCHEDULE_EVERY,
  type ScheduleValues,
} from '#app/domain/billing/invoice-schedule.schema.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  /** Without a version: a new one. */
  schedule: ScheduleValues & { id: string; version?: number };
  answer: RecordAnswer | undefined;
}

export function ScheduleForm({ schedule, answer }: Props) {
  const { id, version } = schedule;
  const value = (name: 'name' | 'every' | 'nextOn' | 'does') => answer?.values[name]?.[0] ?? schedule[name];
  const field = (name: 'name' | 'every' | 'nextOn' | 'does') => ({
    id: `${name}-${id}`,
    name,
    defaultValue: value(name),
    error: answer?.errors[name],
  });
  const isNew = version === undefined;
  return (
    <>
      <Form method="post" noValidate>
        <input type="hidden" name="id" value={id} />
        {isNew ? null : <input type="hidden" name="version" value={version} />}
        <Stack gap="sm">
          {answer?.message ? (
            <Text size="sm" c="red" role="alert">
              {answer.message}
            </Text>
          ) : null}
          <Group gap="sm" align="flex-start">
            <TextInput {...field('name')} label="Name" />
            <NativeSelect
              {...field('every')}
              label="How often"
              data={SCHEDULE_EVERY.map((every) => ({ value: every, label: everyLabel[every] }))}
            />
            <TextInput {...field('nextOn')} type="date" label="Next on" />
            <NativeSelect
              {...field('does')}
              label="What it does"
              data={SCHEDULE_DOES.map((does) => ({ value: does, label: doesLabel[does] }))}
            />
          </Group>
          <Checkbox name="paused" label="Paused" defaultChecked={schedule.paused} />
          <Group gap="sm">
            <SubmitButton variant={isNew ? 'filled' : 'default'}>{isNew ? 'Add the schedule' : 'Save'}</SubmitButton>
          </Group>
        </Stack>
      </Form>
      {isNew ? null : (
        <Group mt="sm">
          <ConfirmButton
            label="Remove"
            align="start"
            size="xs"
            dangerous
            confirm="Remove it"
            consequence="No run begins by itself any more. Runs it has made stay."
            fields={{ intent: 'remove', id }}
          />
        </Group>
      )}
    </>
  );
}
