import { useFetcher } from '@remix-run/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { FormProblem } from '#app/ui/session-problem.ts';
import type { BookingCheckView } from './booking-check-view.ts';

const CHECK_AFTER_MS = 300;

/** Asks the server what booking this would mean, a moment after the last change; the newest answer counts. */
export function useDryRun(form: RefObject<HTMLFormElement>, problem: FormProblem | undefined) {
  const fetcher = useFetcher<{ check: BookingCheckView | null }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current) fetcher.submit(new FormData(form.current), { method: 'post', action: '/office/sessions/check' });
    }, CHECK_AFTER_MS);
  };
  // A refusal is the newest word on it: the preview follows.
  const askAgain = useRef(later);
  askAgain.current = later;
  useEffect(() => {
    if (problem) askAgain.current();
  }, [problem]);
  return { later, check: fetcher.data?.check, checking: fetcher.state !== 'idle' };
}
