import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { createTutor } from '#app/domain/people/create-tutor.server.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { tutorSchema } from '#app/domain/people/tutor.schema.ts';
import { MODES } from '#app/domain/people/tutor-status.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { TutorForm } from '../record-forms/tutor-form.tsx';
import { tutorFields, tutorFormChoices } from '../record-forms/tutor-values.server.ts';

export const meta: MetaFunction = () => [{ title: 'Add a tutor · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const [{ timezone }, choices] = await Promise.all([getOrganisation(db), tutorFormChoices(db)]);
  const { fields } = await customForm(db, { entity: 'tutor', audience: officeAudience(user) });
  return {
    custom: fields,
    initial: { timezone: [timezone], bufferMinutes: ['0'], modes: [...MODES], status: ['active'] },
    ...choices,
    zones: timeZones(timezone),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const form = await request.formData();
  const custom = { entity: 'tutor', audience: officeAudience(user) } as const;
  const read = await readCustomFields(context.db, form, custom, readRecord(tutorSchema, form, tutorFields));
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createTutor(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/tutors/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewTutor() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a tutor" back={{ to: '/office/tutors', label: 'Tutors' }} />
      <TutorForm {...data} answer={answer} submit="Add tutor" cancelTo="/office/tutors" />
    </>
  );
}
