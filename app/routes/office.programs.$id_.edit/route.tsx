import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editProgram } from '#app/domain/organisation/edit-program.server.ts';
import { programEditSchema } from '#app/domain/organisation/program.schema.ts';
import { getProgram } from '#app/domain/organisation/program-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { trialChoices, tryRules } from '../policy-pages/try-policy.server.ts';
import { ProgramForm } from '../record-forms/program-form.tsx';
import { programChoices, programFormValues } from '../record-forms/program-values.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'program'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { db } = args.context;
  const { reader } = await readerFor(user, args.context);
  const program = await found(getProgram(db, recordIdOf(args.params)));
  const { id, name, version } = program;
  const choices = await programChoices(db, program.meetingInstallId);
  const trial = await trialChoices(args.context, reader, id);
  return { id, name, version, initial: programFormValues(program), ...choices, trial };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(programEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  if (form.get('intent') === 'try') {
    const who = await readerFor(user, context);
    const { policyOverrides: before } = await found(getProgram(context.db, id));
    const trial = await tryRules(context, form, { ...who, before, after: read.value.policyOverrides, ofProgram: true });
    return data({ errors: {}, values: typedValues(form), trial }, { status: Object.keys(trial.errors).length > 0 ? 400 : 200 });
  }
  try {
    await editProgram(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/programs/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => programFormValues(await getProgram(context.db, id)));
  }
}

export default function EditProgram() {
  const { id, name, ...page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${name}`} back={{ to: `/office/programs/${id}`, label: name }} />
      <ProgramForm {...page} answer={answer} submit="Save" cancelTo={`/office/programs/${id}`} />
    </>
  );
}
