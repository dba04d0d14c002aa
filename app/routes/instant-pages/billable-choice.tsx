import { Radio, Stack } from '@mantine/core';
import type { InstantCheckView } from './instant-view.ts';

/** Billed or not, each with what it comes to for this family. */
export function BillableChoice({ chosen, check }: { chosen: string; check: InstantCheckView | null }) {
  return (
    <Radio.Group name="billable" label="Is it billed?" defaultValue={chosen}>
      <Stack gap="xs" mt={4} aria-live="polite">
        <Radio value="yes" label="Billable" description={check?.billed ?? 'Billed as usual for the family.'} />
        <Radio value="no" label="Not billable" description={check?.unbilled ?? 'Nothing is charged, and no credits are taken.'} />
      </Stack>
    </Radio.Group>
  );
}
