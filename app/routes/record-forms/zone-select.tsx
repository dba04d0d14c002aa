import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface Props extends NativeSelectProps {
  zones: readonly string[];
  /** Said for no zone of one's own. */
  none?: string;
}

export function ZoneSelect({ zones, none, ...select }: Props) {
  return (
    <NativeSelect {...select}>
      {none === undefined ? null : <option value="">{none}</option>}
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </NativeSelect>
  );
}
