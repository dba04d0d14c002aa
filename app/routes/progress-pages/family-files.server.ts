import type { AppLoadContext } from '@remix-run/node';
import { forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { Actor } from '#app/context.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { acceptOf, bytesWords } from '#app/domain/files/file-types.ts';
import { isId } from '#app/domain/is-id.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken } from '#app/domain/people/people-rules.ts';
import type { SessionDetail, SessionPlace } from '#app/domain/scheduling/session-detail.server.ts';
import { addSessionFile } from '#app/domain/session-files/add-session-file.server.ts';
import { fileKindNames, fileKindsOfFamily, kindsAddedBy } from '#app/domain/session-files/file-kinds.ts';
import { listSessionFiles } from '#app/domain/session-files/queries.server.ts';
import { removeSessionFile } from '#app/domain/session-files/remove-session-file.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { uploadedFile } from '../person-pages/uploaded-file.server.ts';
import { answerForm, textOf } from '../session-pages/act-on-session.server.ts';

/** A session's files as a family has them: what is for everybody in it or for their own children. */
export interface FamilyFilesView {
  files: { id: string; name: string; href: string; about: string; mine: boolean }[];
  /** What they may add now: something to go through before it, an answer to the homework after it; null: nothing. */
  adds: 'material' | 'answer' | null;
  accept: string;
  students: { id: string; name: string }[];
}

interface Of {
  user: SignedInUser;
  session: SessionDetail;
  own: readonly SessionPlace[];
  reader: Reader;
}

export async function loadFamilyFiles(context: AppLoadContext, of: Of): Promise<FamilyFilesView> {
  const { user, session, own } = of;
  const { db } = context;
  const rules = await getCloseOutRules(db);
  const studentIds = own.map((place) => place.studentId);
  const [files, people] = await Promise.all([
    listSessionFiles(db, { sessionIds: [session.id], kinds: fileKindsOfFamily(rules), studentIds }),
    getPeopleRules(db),
  ]);
  const nameOf = (id: string | null) => (own.length > 1 ? (own.find((place) => place.studentId === id)?.studentName ?? '') : '');
  return {
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      href: `/sessions/${session.id}/files/${file.id}`,
      about: [fileKindNames[file.kind], nameOf(file.studentId), file.uploadedBy ?? '', bytesWords(file.bytes)]
        .filter(Boolean)
        .join(' · '),
      mine: file.uploadedById === user.id,
    })),
    adds: whatIsAdded(of, rules),
    accept: acceptOf(fileTypesTaken(people)),
    students: placesIn(own).map(({ studentId, studentName }) => ({ id: studentId, name: studentName })),
  };
}

const placesIn = (own: readonly SessionPlace[]) => own.filter(({ outcome }) => !['cancelled', 'late_cancel'].includes(outcome));

function whatIsAdded({ session, own, reader }: Of, rules: { families_see_homework: boolean }): FamilyFilesView['adds'] {
  if (placesIn(own).length === 0) return null;
  if (session.status === 'scheduled' && reader.now < session.endsAt) return 'material';
  const closed = session.closeOut !== null && session.closeOut.status !== 'sent_back';
  return closed && rules.families_see_homework ? 'answer' : null;
}

/** Takes the form of a file to add, and of one to take away again. Undefined: another form. */
export async function answerFamilyFiles(context: AppLoadContext, of: Of & { actor: Actor; page: string }, form: FormData) {
  const { user, session, own, actor, reader, page } = of;
  const studentIds = own.map((place) => place.studentId);
  const answer = (act: () => Promise<void>) => answerForm({ reader, page }, form, act, '#files');
  switch (textOf(form, 'intent')) {
    case 'add-file': {
      const kind = whatIsAdded(of, await getCloseOutRules(context.db));
      const asked = textOf(form, 'studentId');
      const place = asked ? placesIn(own).find(({ studentId }) => studentId === asked) : placesIn(own)[0];
      if (kind === null || !place) throw forbidden();
      const pupil = { type: 'pupil', studentId: place.studentId, clientId: place.clientId, tutorIds: [] } as const;
      if (kind === 'answer' && !can(user, 'homework.tick', pupil)) throw forbidden();
      const file = await uploadedFile(form, 'file');
      return answer(async () => {
        await addSessionFile(context.db, actor, { sessionId: session.id, kind, studentId: place.studentId, ...file });
      });
    }
    case 'remove-file': {
      const fileId = textOf(form, 'fileId');
      const mine = { studentIds, uploadedBy: user.id, kinds: kindsAddedBy.family };
      return answer(async () => {
        if (isId(fileId)) await removeSessionFile(context.db, actor, { sessionId: session.id, fileId, ...mine });
      });
    }
    default:
      return undefined;
  }
}
