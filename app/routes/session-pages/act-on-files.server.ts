import { isId } from '#app/domain/is-id.ts';
import { addMaterial, materialSchema, removeMaterial } from '#app/domain/scheduling/add-material.server.ts';
import { addSessionFile } from '#app/domain/session-files/add-session-file.server.ts';
import { isSessionFileKind, kindsAddedBy, type SessionFileKind } from '#app/domain/session-files/file-kinds.ts';
import { removeSessionFile } from '#app/domain/session-files/remove-session-file.server.ts';
import { answerForm, type OnSession, textOf } from './act-on-session.server.ts';

const TUTORS: readonly SessionFileKind[] = kindsAddedBy.tutor;

/** What the tutor and the office put to a session for afterwards: files and links. Undefined: another form. */
export function actOnFiles(on: OnSession, form: FormData) {
  const { context, actor, sessionId } = on;
  const { db } = context;
  const act = (work: () => Promise<unknown>) =>
    answerForm(
      on,
      form,
      async () => {
        await work();
      },
      '#files',
    );
  switch (textOf(form, 'intent')) {
    case 'add-file':
      return act(async () => {
        const [kind, studentId, file] = [textOf(form, 'kind'), textOf(form, 'studentId'), form.get('file')];
        if (!isSessionFileKind(kind) || !TUTORS.includes(kind)) return;
        const sent = file instanceof File ? { name: file.name, content: new Uint8Array(await file.arrayBuffer()) } : nothing;
        await addSessionFile(db, actor, { sessionId, kind, studentId: isId(studentId) ? studentId : null, ...sent });
      });
    case 'remove-file':
      return act(async () => {
        const fileId = textOf(form, 'fileId');
        if (isId(fileId)) await removeSessionFile(db, actor, { sessionId, fileId, kinds: TUTORS });
      });
    case 'add-link': {
      const formId = textOf(form, 'formId');
      const link = { sessionId, title: textOf(form, 'title'), url: textOf(form, 'url'), phase: 'after' };
      return act(async () => addMaterial(db, actor, materialSchema.parse({ ...link, ...(isId(formId) ? { id: formId } : {}) })));
    }
    case 'remove-link':
      return act(async () => {
        const materialId = textOf(form, 'materialId');
        if (isId(materialId)) await removeMaterial(db, actor, { sessionId, materialId });
      });
    default:
      return undefined;
  }
}

const nothing = { name: '', content: new Uint8Array() };
