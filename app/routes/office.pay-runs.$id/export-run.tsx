import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core';
import { Link } from '@remix-run/react';

interface Props {
  run: { id: string; exportHash: string | null };
  exporters: readonly { id: string; name: string }[];
}

/** The file for the payroll: the first time by one of the exports that are switched on, and the same file ever after. */
export function ExportRun({ run, exporters }: Props) {
  const [first, second] = exporters;
  if (!first && run.exportHash === null) {
    return (
      <Text size="sm">
        <Anchor component={Link} to="/office/settings/plugins" size="sm">
          Switch a payroll export on
        </Anchor>{' '}
        to export it
      </Text>
    );
  }
  return (
    <form method="post" action={`/office/pay-runs/${run.id}.csv`}>
      <Group gap="xs" wrap="nowrap">
        {run.exportHash === null && second ? (
          <NativeSelect
            name="install"
            aria-label="Export as"
            data={exporters.map((one) => ({ value: one.id, label: one.name }))}
          />
        ) : null}
        <Button type="submit">{run.exportHash === null ? 'Export and lock' : 'The exported file'}</Button>
      </Group>
    </form>
  );
}
