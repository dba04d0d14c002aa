import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addNoteTemplate } from '#app/domain/closeout/add-note-template.server.ts';
import { noteTemplateSchema } from '#app/domain/closeout/note-template.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { noteTemplateChoices } from '../record-forms/note-template-choices.server.ts';
import { NoteTemplateForm } from '../record-forms/note-template-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a template · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return { choices: await noteTemplateChoices(args.context.db) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(noteTemplateSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addNoteTemplate(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/note-templates');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewNoteTemplate() {
  const { choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a template" back={{ to: '/office/settings/note-templates', label: 'Note templates' }} />
      <NoteTemplateForm initial={{}} answer={answer} choices={choices} submit="Add template" />
    </>
  );
}
