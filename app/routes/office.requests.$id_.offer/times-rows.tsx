import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { FormValues } from '#app/ui/record-answer.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MOST = 14;

/** A line for each weekly time and two to add. In the organisation's time; a line left empty is none. */
export function TimesRows({ values, error }: { values: FormValues; error: string | undefined }) {
  const days = values.weekday ?? [];
  const lines = Array.from({ length: Math.min(MOST, days.length + 2) }, (_, i) => i);
  return (
    <fieldset id="times" tabIndex={-1} style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={4} p={0}>
        Weekly times
      </Text>
      <Stack gap={6}>
        {lines.map((i) => (
          <Group key={i} gap="xs" wrap="nowrap">
            <NativeSelect
              name="weekday"
              aria-label={`Day of time ${i + 1}`}
              defaultValue={days[i] ?? ''}
              data={[{ value: '', label: 'No time' }, ...DAYS.map((label, day) => ({ value: String(day + 1), label }))]}
              w={150}
            />
            <TextInput name="time" type="time" aria-label={`Time ${i + 1}`} defaultValue={values.time?.[i] ?? ''} w={150} />
          </Group>
        ))}
      </Stack>
      <Text size="xs" c={error ? 'var(--mantine-color-error)' : 'dimmed'} mt={4}>
        {error ?? 'None: the times are agreed afterwards.'}
      </Text>
    </fieldset>
  );
}
