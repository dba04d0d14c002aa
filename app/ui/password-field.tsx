import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** Mantine's field says by its colour alone that it is wrong; this one says it to a screen reader, and to the focus, too. */
export function PasswordField(props: PasswordInputProps & { name: string }) {
  return <PasswordInput id={props.name} maxLength={200} aria-invalid={props.error ? true : undefined} {...props} />;
}
