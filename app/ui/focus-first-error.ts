import { type RefObject, useEffect, useRef } from 'react';

/** Puts the focus on the first field that is wrong, or on the summary where none is, each time the server refuses. */
export function useFocusFirstError(refusal: unknown): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!refusal) return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]:not([type="hidden"])');
    (field ?? form.current?.querySelector<HTMLElement>('[data-error-summary]'))?.focus();
  }, [refusal]);
  return form;
}
