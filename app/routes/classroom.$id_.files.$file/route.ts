import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { signInPath } from '#app/auth/redirect-target.ts';
import { findComer } from '#app/domain/classroom/find-comer.server.ts';
import { findReadableSession, findRoomFile } from '#app/domain/classroom/read-classroom.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { fileResponse } from '#app/ui/file-response.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** What was shared in a classroom: to save, or as a picture of a page of ours; never a page itself. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const sessionId = recordIdOf(params);
  const { db } = context;
  const comer = await findComer(db, context, request.headers.get('Cookie'), sessionId);
  if (!comer) throw redirect(signInPath(request));
  const may = await findReadableSession(db, context, sessionId, comer);
  const file = may && isId(params.file) ? await findRoomFile(db, sessionId, params.file) : undefined;
  if (!file) throw notFound();
  return fileResponse(file);
}
