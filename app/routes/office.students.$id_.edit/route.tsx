import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { editStudent } from '#app/domain/people/edit-student.server.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { getStudent } from '#app/domain/people/queries.server.ts';
import { studentEditSchema } from '#app/domain/people/student.schema.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { StudentForm } from '../record-forms/student-form.tsx';
import { studentFormValues } from '../record-forms/student-values.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'student'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const student = await found(getStudent(db, recordIdOf(args.params)));
  const { id, name, version } = student;
  const [clients, tags] = await Promise.all([listClientChoices(db, student.clientId), listTagChoices(db)]);
  const { fields, initial } = await customForm(db, { entity: 'student', audience: officeAudience(user), id });
  return {
    id,
    name,
    version,
    initial: { ...studentFormValues(student), ...initial },
    custom: fields,
    clients,
    tags,
    zones: timeZones(student.timezone),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const custom = { entity: 'student', audience: officeAudience(user), id } as const;
  const own = readRecord(studentEditSchema, form, { shape: (input) => ({ ...input, id }) });
  const read = await readCustomFields(context.db, form, custom, own);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editStudent(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/students/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => ({
      ...studentFormValues(await getStudent(context.db, id)),
      ...(await customForm(context.db, custom)).initial,
    }));
  }
}

export default function EditStudent() {
  const { id, name, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${name}`} back={{ to: `/office/students/${id}`, label: name }} />
      <StudentForm {...data} answer={answer} submit="Save" cancelTo={`/office/students/${id}`} />
    </>
  );
}
