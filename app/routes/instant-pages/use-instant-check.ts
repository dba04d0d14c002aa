import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { InstantCheckView } from './instant-view.ts';

const CHECK_AFTER_MS = 300;

/**
 * Asks the server what starting now would mean, a moment after the last change; the newest answer counts. It changes
 * nothing, so nothing of the page is loaded anew after it.
 */
export function useInstantCheck(form: RefObject<HTMLFormElement>, first: InstantCheckView | null) {
  const [check, setCheck] = useState(first);
  const [checking, setChecking] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef<AbortController>(undefined);
  useEffect(() => setCheck(first), [first]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      asking.current?.abort();
    },
    [],
  );
  const later = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      if (!form.current) return;
      asking.current?.abort();
      const asked = new AbortController();
      asking.current = asked;
      setChecking(true);
      const answer = await ask(new FormData(form.current), asked.signal);
      if (asked.signal.aborted) return;
      setChecking(false);
      if (answer) setCheck(answer.check);
    }, CHECK_AFTER_MS);
  }, [form]);
  return { check, checking, later };
}

/** Undefined: broken off, or nothing understandable came back. What is said then stays. */
async function ask(fields: FormData, signal: AbortSignal): Promise<{ check: InstantCheckView | null } | undefined> {
  const texts = [...fields].map(([name, value]) => [name, String(value)]);
  try {
    const answer = await fetch('/sessions/instant/check', { method: 'POST', body: new URLSearchParams(texts), signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
