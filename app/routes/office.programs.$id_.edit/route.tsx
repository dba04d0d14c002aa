import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editProgram } from '#app/domain/organisation/edit-program.server.ts';
import { programEditSchema } from '#app/domain/organisation/program.schema.ts';
import { getProgram } from '#app/domain/organisation/program-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ProgramForm } from '../record-forms/program-form.tsx';
import { programChoices, programFormValues } from '../record-forms/program-values.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'program'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'program.write');
  const { db } = args.context;
  const program = await found(getProgram(db, recordIdOf(args.params)));
  const { id, name, version } = program;
  return { id, name, version, initial: programFormValues(program), ...(await programChoices(db, program.meetingInstallId)) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(programEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editProgram(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/programs/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => programFormValues(await getProgram(context.db, id)));
  }
}

export default function EditProgram() {
  const { id, name, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${name}`} back={{ to: `/office/programs/${id}`, label: name }} />
      <ProgramForm {...data} answer={answer} submit="Save" cancelTo={`/office/programs/${id}`} />
    </>
  );
}
