import type { FieldMetadata } from '@conform-to/react';

interface TextFieldProps {
  id: string;
  name: string;
  defaultValue: string | undefined;
  error: string | undefined;
}

/** A field of conform as the props of a Mantine input, which marks itself invalid and ties the message to it. */
export function fieldProps(field: FieldMetadata<unknown>): TextFieldProps {
  return {
    id: field.id,
    name: field.name,
    defaultValue: typeof field.initialValue === 'string' ? field.initialValue : undefined,
    error: field.errors?.[0],
  };
}
