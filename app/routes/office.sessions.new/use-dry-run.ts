import { type RefObject, useEffect } from 'react';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { useFormCheck } from '#app/ui/use-form-check.ts';
import type { BookingCheckView } from './booking-check-view.ts';

/** What booking this would mean. A refusal is the newest word on it: the preview follows. */
export function useDryRun(form: RefObject<HTMLFormElement>, problem: FormProblem | undefined) {
  const { later, check, checking } = useFormCheck<BookingCheckView>(form, '/office/sessions/check');
  useEffect(() => {
    if (problem) later();
  }, [problem, later]);
  return { later, check, checking };
}
