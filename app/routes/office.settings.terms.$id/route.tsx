import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editTerm } from '#app/domain/terms/edit-term.server.ts';
import { termEditSchema } from '#app/domain/terms/term.schema.ts';
import { getTerm, type TermRow } from '#app/domain/terms/term-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { TermForm } from '../record-forms/term-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Term'} · Lectern` }];

const formValues = ({ name, startsOn, endsOn }: TermRow) => asFormValues({ name, startsOn, endsOn });

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const term = await found(getTerm(args.context.db, recordIdOf(args.params)));
  return { name: term.name, version: term.version, initial: formValues(term) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(termEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editTerm(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings/terms');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getTerm(context.db, id)));
  }
}

export default function EditTerm() {
  const { name, version, initial } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={name} back={{ to: '/office/settings/terms', label: 'Terms' }} />
      <TermForm initial={initial} version={version} answer={answer} submit="Save" />
    </>
  );
}
