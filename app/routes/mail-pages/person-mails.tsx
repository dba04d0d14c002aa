import { useActionData, useLoaderData } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import type { loadPersonMails } from './person-mails.server.ts';
import { PreferenceFields, preferenceLabels } from './preference-fields.tsx';

export function PersonMails() {
  const { name, back, view } = useLoaderData<typeof loadPersonMails>();
  const answer = useActionData<RecordAnswer>();
  return (
    <>
      <PageHeader
        title="Mails they want"
        back={{ to: back, label: name }}
        description="As they would choose themselves, on their own page or by the link in each mail."
      />
      {view.addresses.length === 0 ? (
        <EmptyState
          title="No address"
          text={`${name} has no e-mail address, so no mails are sent.`}
          action={{ to: `${back}/edit`, label: 'Add an address' }}
        />
      ) : (
        <RecordForm answer={answer} labels={preferenceLabels} submit="Save" cancelTo={back}>
          <FormSection title={view.addresses.join(' and ')}>
            <PreferenceFields view={view} answer={answer} />
          </FormSection>
        </RecordForm>
      )}
    </>
  );
}
