import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { editNoteTemplate } from '#app/domain/closeout/edit-note-template.server.ts';
import { noteTemplateEditSchema } from '#app/domain/closeout/note-template.schema.ts';
import { findNoteTemplate } from '#app/domain/closeout/note-template-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { noteTemplateChoices } from '../record-forms/note-template-choices.server.ts';
import { NoteTemplateForm } from '../record-forms/note-template-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Template'} · Lectern` }];

async function readTemplate({ context, params }: Pick<LoaderFunctionArgs, 'context' | 'params'>) {
  const template = await findNoteTemplate(context.db, recordIdOf(params));
  if (!template) throw notFound();
  return template;
}

const valuesOf = ({ name, body, programId, subjectId }: Awaited<ReturnType<typeof readTemplate>>) =>
  asFormValues({ name, body, programId, subjectId });

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const template = await readTemplate(args);
  const { name, version, archivedAt } = template;
  const choices = await noteTemplateChoices(args.context.db, template);
  return { name, version, archived: archivedAt !== null, initial: valuesOf(template), choices };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request, params } = args;
  const form = await request.formData();
  const id = recordIdOf(params);
  const read = readRecord(noteTemplateEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editNoteTemplate(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/note-templates');
  } catch (error) {
    return refusedRecord(error, form, async () => valuesOf(await readTemplate(args)));
  }
}

export default function NoteTemplatePage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={page.name} archived={page.archived} />}
        back={{ to: '/office/settings/note-templates', label: 'Note templates' }}
      />
      <NoteTemplateForm initial={page.initial} version={page.version} answer={answer} choices={page.choices} submit="Save" />
    </>
  );
}
