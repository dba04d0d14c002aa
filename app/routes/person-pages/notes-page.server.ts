import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { findFile, listFiles } from '#app/domain/files/queries.server.ts';
import { removeFile } from '#app/domain/files/remove-file.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { addNote } from '#app/domain/notes/add-note.server.ts';
import { noteSchema } from '#app/domain/notes/note.schema.ts';
import { findNote, listNotes } from '#app/domain/notes/queries.server.ts';
import { removeNote } from '#app/domain/notes/remove-note.server.ts';
import { getAboutName } from '#app/domain/people/about.server.ts';
import { type AboutType, aboutOf, VISIBILITIES, type Visibility } from '#app/domain/people/about.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken } from '#app/domain/people/people-rules.ts';
import { readRecord, refusedAction, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { fileSchema } from './file-form.schema.ts';
import { PLACES } from './person-words.ts';
import { uploadedFile } from './uploaded-file.server.ts';

const nobodyElse = { tutorIds: [], clientIds: [], studentIds: [] };

/** Of what hangs on a person, the part that this reader in the office sees. */
export function visibilitiesOf(user: SignedInUser): Visibility[] {
  return VISIBILITIES.filter((visibility) => can(user, 'note.read', { type: 'shared', visibility, ...nobodyElse }));
}

/** What the tab "Notes and files" shows. */
export async function loadNotesPage(args: LoaderFunctionArgs, type: AboutType) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const about = aboutOf(type, id);
  const visibilities = visibilitiesOf(user);
  const [record, notes, files, rules] = await Promise.all([
    found(getAboutName(db, about)),
    listNotes(db, { about, visibilities }),
    listFiles(db, about, visibilities),
    getPeopleRules(db),
  ]);
  return { type, id, ...record, notes, files, taken: fileTypesTaken(rules), mayHide: visibilities.includes('admins') };
}

/** The forms of that tab. */
export async function actOnNotes(args: ActionFunctionArgs, type: AboutType) {
  const user = await authorize(args, 'note.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const here = `${PLACES[type].path}/${id}/notes`;
  const actor = actorOf(user, context);
  const about = aboutOf(type, id);
  const intent = textOf(form, 'intent');
  if (intent === 'add-note') {
    const read = readRecord(noteSchema, form);
    if (!read.ok) return refusedForm(read.answer);
    if (!mayUse(user, read.value.visibility)) throw notFound();
    try {
      await addNote(context.db, context, actor, { ...read.value, about });
      return redirect(here);
    } catch (error) {
      return refusedRecord(error, form);
    }
  }
  if (intent === 'add-file') {
    const read = readRecord(fileSchema, form);
    if (!read.ok) return refusedForm(read.answer);
    if (!mayUse(user, read.value.visibility)) throw notFound();
    try {
      await addFile(context.db, context, actor, { ...(await uploadedFile(form, 'file')), ...read.value, about });
      return redirect(here);
    } catch (error) {
      return refusedRecord(error, form);
    }
  }
  if (intent === 'remove-note' || intent === 'remove-file') {
    const what = textOf(form, 'what');
    if (!isId(what)) throw notFound();
    const [find, remove] = intent === 'remove-note' ? [findNote, removeNote] : [findFile, removeFile];
    const record = await find(context.db, what, context.clock());
    // Somebody removed it a moment before.
    if (!record) return redirect(here);
    const action = intent === 'remove-note' ? 'note.write' : 'file.write';
    if (!can(user, action, { type: 'shared', ...record.shared })) throw notFound();
    try {
      await remove(context.db, context, actor, { id: what });
      return redirect(here);
    } catch (error) {
      return refusedAction(error);
    }
  }
  throw notFound();
}

/** Nobody hides something from themselves. */
export function mayUse(user: SignedInUser, visibility: Visibility): boolean {
  return visibilitiesOf(user).includes(visibility);
}
