import { Radio, Stack } from '@mantine/core';

/** Of a session of a series: whether only it is meant. The wider choices lead to a page that shows what they change. */
export function ScopeChoice({ value, label }: { value: string; label: string }) {
  return (
    <Radio.Group name="scope" label={label} defaultValue={value}>
      <Stack gap={6} mt={6}>
        <Radio value="this" label="Only this session" />
        <Radio value="following" label="This and those after it" />
        <Radio value="all" label="All of the series that are still to come" />
      </Stack>
    </Radio.Group>
  );
}
