import { ApplicationForm } from './application-form.tsx';
import { FormFrame } from './form-frame.tsx';
import type { PublicFormAnswer } from './form-guard.server.ts';
import type { FormPageData } from './load-form.server.ts';

export function ApplicationPage({ page, answer }: { page: FormPageData; answer: PublicFormAnswer | undefined }) {
  return (
    <FormFrame page={page} message={answer?.message}>
      {page.step === 'form' ? <ApplicationForm {...page} answer={answer} /> : null}
    </FormFrame>
  );
}
