import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const CHECK_AFTER_MS = 300;

/**
 * Asks the server what sending a form would mean, a moment after `later` was last called; the newest answer counts. It changes
 * nothing, so nothing of the page is loaded anew after it: not a fetcher of the router's, but a question of its own.
 *
 * @param address answers a POST of the form with `{ check }`
 * @param first what came with the page
 */
export function useFormCheck<Check>(form: RefObject<HTMLFormElement>, address: string, first?: Check | null) {
  const [check, setCheck] = useState(first);
  const [checking, setChecking] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef<AbortController>(undefined);
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
      const answer = await ask<Check>(address, new FormData(form.current), asked.signal);
      if (asked.signal.aborted) return;
      setChecking(false);
      if (answer) setCheck(answer.check);
    }, CHECK_AFTER_MS);
  }, [form, address]);
  return { check, checking, later, setCheck };
}

/** Undefined: broken off, or nothing understandable came back. What is said then stays. */
async function ask<Check>(address: string, fields: FormData, signal: AbortSignal): Promise<{ check: Check | null } | undefined> {
  const texts = [...fields].map(([name, value]) => [name, String(value)]);
  try {
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(texts), signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
