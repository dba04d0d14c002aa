import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { createStudent } from '#app/domain/people/create-student.server.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { studentSchema } from '#app/domain/people/student.schema.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { StudentForm } from '../record-forms/student-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a student · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const clientId = new URL(args.request.url).searchParams.get('client') ?? '';
  const { db } = args.context;
  const { fields } = await customForm(db, { entity: 'student', audience: officeAudience(user) });
  const [clients, tags] = await Promise.all([listClientChoices(db), listTagChoices(db)]);
  return { clientId, clients, tags, zones: timeZones(), custom: fields };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const form = await request.formData();
  const custom = { entity: 'student', audience: officeAudience(user) } as const;
  const read = await readCustomFields(context.db, form, custom, readRecord(studentSchema, form));
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createStudent(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/students/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewStudent() {
  const { clientId, clients, tags, zones, custom } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = clientId ? `/office/clients/${clientId}` : '/office/students';
  return (
    <>
      <PageHeader title="Add a student" back={{ to: back, label: clientId ? 'Client' : 'Students' }} />
      {clients.length === 0 ? (
        <EmptyState
          title="A client comes first"
          text="Every student has a client who pays. An adult who learns is both: tick “This person learns too” when you add the client."
          action={{ to: '/office/clients/new', label: 'Add a client' }}
        />
      ) : (
        <StudentForm
          initial={{ clientId: [clientId] }}
          clients={clients}
          zones={zones}
          tags={tags}
          custom={custom}
          answer={answer}
          submit="Add student"
          cancelTo={back}
        />
      )}
    </>
  );
}
