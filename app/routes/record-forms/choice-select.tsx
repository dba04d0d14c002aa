import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface Props extends NativeSelectProps {
  choices: readonly { id: string; name: string }[];
  /** Said for no choice; left out where one must be made. */
  none?: string;
}

export function ChoiceSelect({ choices, none, ...select }: Props) {
  return (
    <NativeSelect {...select}>
      {none === undefined ? null : <option value="">{none}</option>}
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.name}
        </option>
      ))}
    </NativeSelect>
  );
}
