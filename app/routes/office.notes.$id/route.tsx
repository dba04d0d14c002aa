import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { editNote } from '#app/domain/notes/edit-note.server.ts';
import { noteEditSchema } from '#app/domain/notes/note.schema.ts';
import { findNote } from '#app/domain/notes/queries.server.ts';
import { getAboutName } from '#app/domain/people/about.server.ts';
import { aboutTypeOf } from '#app/domain/people/about.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { FormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { NoteFields, noteLabels } from '../person-pages/note-fields.tsx';
import { mayUse } from '../person-pages/notes-page.server.ts';
import { PLACES } from '../person-pages/person-words.ts';

export const meta: MetaFunction = () => [{ title: 'Edit a note · Lectern' }];

/** The note, if this person may see and so change it; what is hidden answers like what is not there. */
async function noteOf(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const user = await authorize(args, 'note.write');
  const note = await findNote(args.context.db, recordIdOf(args.params), args.context.clock());
  if (!note || !can(user, 'note.write', { type: 'shared', ...note.shared })) throw notFound();
  const about = aboutTypeOf(note.about);
  return { user, note, ...about, back: `${PLACES[about.type].path}/${about.id}/notes` };
}

const valuesOf = (note: { body: string; visibility: string; pinned: boolean }): FormValues => ({
  body: [note.body],
  visibility: [note.visibility],
  pinned: note.pinned ? ['on'] : [],
});

export async function loader(args: LoaderFunctionArgs) {
  const { user, note, type, back } = await noteOf(args);
  const { name } = await getAboutName(args.context.db, note.about);
  return { type, back, name, initial: valuesOf(note), version: note.version, mayHide: mayUse(user, 'admins') };
}

export async function action(args: ActionFunctionArgs) {
  const { user, note, back } = await noteOf(args);
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(noteEditSchema, form, { shape: (input) => ({ ...input, id: note.id }) });
  if (!read.ok) return refusedForm(read.answer);
  if (!mayUse(user, read.value.visibility)) throw notFound();
  try {
    await editNote(context.db, context, actorOf(user, context), read.value);
    return redirect(back);
  } catch (error) {
    return refusedRecord(error, form, async () => valuesOf((await findNote(context.db, note.id, context.clock())) ?? note));
  }
}

export default function EditNote() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Note about ${page.name}`} back={{ to: page.back, label: page.name }} />
      <RecordForm answer={answer} version={page.version} labels={noteLabels} submit="Save" cancelTo={page.back}>
        <NoteFields type={page.type} mayHide={page.mayHide} initial={page.initial} answer={answer} />
      </RecordForm>
    </>
  );
}
