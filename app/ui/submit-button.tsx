import { Button, type ButtonProps } from '@mantine/core';
import { useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

interface SubmitButtonProps extends ButtonProps {
  name?: string;
  value?: string;
  /** The path the form posts to, where a page has several forms; default: any form of the page. */
  action?: string;
  children: ReactNode;
}

/**
 * A form's button, off while its form is under way, so that a double click does a thing once. (Without a script the
 * form's own id, sent along, makes the second click the same thing.)
 */
export function SubmitButton({ name, value, action, children, ...button }: SubmitButtonProps) {
  const { state, formAction, formData } = useNavigation();
  const mine = state !== 'idle' && formData !== undefined && (action === undefined || formAction?.split('?')[0] === action);
  const pressed = mine && (name === undefined || formData?.get(name) === value);
  return (
    <Button type="submit" name={name} value={value} disabled={mine && !pressed} loading={pressed} {...button}>
      {children}
    </Button>
  );
}
