import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addTerm } from '#app/domain/terms/add-term.server.ts';
import { termSchema } from '#app/domain/terms/term.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { TermForm } from '../record-forms/term-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a term · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(termSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addTerm(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings/terms');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewTerm() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a term" back={{ to: '/office/settings/terms', label: 'Terms' }} />
      <TermForm initial={{}} answer={answer} submit="Add term" />
    </>
  );
}
