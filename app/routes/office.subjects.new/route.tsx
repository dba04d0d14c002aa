import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createSubject } from '#app/domain/organisation/create-subject.server.ts';
import { subjectSchema } from '#app/domain/organisation/subject.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubjectForm } from '../record-forms/subject-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a subject · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'program.write');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(subjectSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await createSubject(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/subjects');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewSubject() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a subject" back={{ to: '/office/subjects', label: 'Subjects' }} />
      <SubjectForm initial={{}} answer={answer} submit="Add subject" />
    </>
  );
}
