import { EnquiryForm } from './enquiry-form.tsx';
import { FormFrame } from './form-frame.tsx';
import type { PublicFormAnswer } from './form-guard.server.ts';
import type { FormPageData } from './load-form.server.ts';

export function EnquiryPage({ page, answer }: { page: FormPageData; answer: PublicFormAnswer | undefined }) {
  return (
    <FormFrame page={page} message={answer?.message}>
      {page.step === 'form' ? <EnquiryForm {...page} answer={answer} /> : null}
    </FormFrame>
  );
}
