import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { fileKindsOfFamily } from '#app/domain/session-files/file-kinds.ts';
import { type FoundSessionFile, findSessionFile, findSessionFileContent } from '#app/domain/session-files/queries.server.ts';
import { fileResponse } from '#app/ui/file-response.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** A file of a session, to save. The office and its tutor have all of them, a family what is for it or its own children. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db } = args.context;
  const sessionId = recordIdOf(args.params);
  const fileId = args.params.file;
  const file = isId(fileId) ? await findSessionFile(db, sessionId, fileId) : undefined;
  if (!file) throw notFound();
  const subject = {
    type: 'session',
    tutorId: file.tutorId,
    clientIds: file.places.map((place) => place.clientId),
    studentIds: file.places.map((place) => place.studentId),
  } as const;
  const teaches = can(user, 'session.plan', subject);
  if (!teaches && !(can(user, 'session.read', subject) && isOfFamily(user, file))) throw notFound();
  if (!teaches && !fileKindsOfFamily(await getCloseOutRules(db)).includes(file.kind)) throw notFound();
  const content = await findSessionFileContent(db, fileId ?? '');
  if (!content) throw notFound();
  return fileResponse({ ...file, content });
}

/** For everybody in the session, or for a child of theirs. */
function isOfFamily(user: SignedInUser, { studentId, places }: FoundSessionFile): boolean {
  if (studentId === null) return true;
  if (user.studentIds.includes(studentId) || user.guardedIds.includes(studentId)) return true;
  return places.some((place) => place.studentId === studentId && user.clientIds.includes(place.clientId));
}
