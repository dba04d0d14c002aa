import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { editTutor } from '#app/domain/people/edit-tutor.server.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { tutorEditSchema } from '#app/domain/people/tutor.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { TutorForm } from '../record-forms/tutor-form.tsx';
import { tutorFields, tutorFormChoices, tutorFormValues } from '../record-forms/tutor-values.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'tutor'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const tutor = await found(getTutor(db, recordIdOf(args.params)));
  const { fields, initial } = await customForm(db, { entity: 'tutor', audience: officeAudience(user), id: tutor.id });
  return {
    id: tutor.id,
    name: tutor.name,
    version: tutor.version,
    initial: { ...tutorFormValues(tutor), ...initial },
    custom: fields,
    ...(await tutorFormChoices(db, tutor)),
    zones: timeZones(tutor.timezone),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const custom = { entity: 'tutor', audience: officeAudience(user), id } as const;
  const own = readRecord(tutorEditSchema, form, { ...tutorFields, shape: (input) => ({ ...tutorFields.shape(input), id }) });
  const read = await readCustomFields(context.db, form, custom, own);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editTutor(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/tutors/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => ({
      ...tutorFormValues(await getTutor(context.db, id)),
      ...(await customForm(context.db, custom)).initial,
    }));
  }
}

export default function EditTutor() {
  const { id, name, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${name}`} back={{ to: `/office/tutors/${id}`, label: name }} />
      <TutorForm {...data} answer={answer} submit="Save" cancelTo={`/office/tutors/${id}`} />
    </>
  );
}
