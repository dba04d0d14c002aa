import { type RefObject, useEffect } from 'react';
import { useFormCheck } from '#app/ui/use-form-check.ts';
import type { InstantCheckView } from './instant-view.ts';

/** What starting now would mean; what came with the page newly is the newest word on it. */
export function useInstantCheck(form: RefObject<HTMLFormElement>, first: InstantCheckView | null) {
  const { check = null, checking, later, setCheck } = useFormCheck(form, '/sessions/instant/check', first);
  useEffect(() => setCheck(first), [first, setCheck]);
  return { check, checking, later };
}
