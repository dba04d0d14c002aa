import { TextInput, type TextInputProps } from '@mantine/core';
import { useId } from 'react';

/** Why a request was lost, in own words or as it was said before. */
export function ReasonInput({ reasons, ...input }: TextInputProps & { reasons: readonly string[] }) {
  const list = useId();
  return (
    <>
      <TextInput
        label="Why"
        placeholder="Found somebody else, too far, too dear"
        maxLength={500}
        withAsterisk
        required
        autoComplete="off"
        {...input}
        list={list}
      />
      <datalist id={list}>
        {reasons.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </>
  );
}
