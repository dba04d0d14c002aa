import { TagsInput, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { RecordField } from './record-answer.ts';

interface Props {
  /** Its value is the names with commas between, with a script and without one. */
  field: RecordField;
  label: string;
  description?: string;
  choices: readonly string[];
}

/** Tags to choose from or to type anew. Without a script it is a field to type them in. */
export function TagPicker({ field, label, description, choices }: Props) {
  const mounted = useMounted();
  const { defaultValue, ...rest } = field;
  const shown = { ...rest, label, description: description ?? 'Choose or type; a new word becomes a tag' };
  if (!mounted) return <TextInput {...shown} defaultValue={defaultValue} autoComplete="off" placeholder="Commas between them" />;
  return (
    <TagsInput
      {...shown}
      data={[...choices]}
      defaultValue={defaultValue
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)}
      maxDropdownHeight={220}
      acceptValueOnBlur
      clearable
    />
  );
}
