import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createProgram } from '#app/domain/organisation/create-program.server.ts';
import { programSchema } from '#app/domain/organisation/program.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { ProgramForm } from '../record-forms/program-form.tsx';
import { newProgram, programChoices } from '../record-forms/program-values.server.ts';

export const meta: MetaFunction = () => [{ title: 'Add a program · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'program.write');
  return { initial: newProgram, ...(await programChoices(args.context.db)) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(programSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createProgram(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/programs/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewProgram() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a program" back={{ to: '/office/programs', label: 'Programs' }} />
      <ProgramForm {...data} answer={answer} submit="Add program" cancelTo="/office/programs" />
    </>
  );
}
