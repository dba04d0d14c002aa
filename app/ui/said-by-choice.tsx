import { Radio, Stack } from '@mantine/core';

interface SaidByChoiceProps {
  /** The question: "Who cancels?" */
  label: string;
  defaultValue: string;
}

/** Who wishes a change: whether it costs anything follows from it. Sent as `by`. */
export function SaidByChoice({ label, defaultValue }: SaidByChoiceProps) {
  return (
    <Radio.Group name="by" label={label} defaultValue={defaultValue}>
      <Stack gap={6} mt={6}>
        <Radio value="client" label="The family" />
        <Radio value="tutor" label="The tutor" />
        <Radio value="office" label="The office" />
      </Stack>
    </Radio.Group>
  );
}
