import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { signInPath } from '#app/auth/redirect-target.ts';
import { addRoomFile } from '#app/domain/classroom/add-room-file.server.ts';
import { findComer } from '#app/domain/classroom/find-comer.server.ts';
import { findSeat } from '#app/domain/classroom/find-seat.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** `POST`, of a script alone: keeps a file with the session. Answers `{file}`, or `{message}` in words for whoever sent it. */
export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = recordIdOf(params);
  const { db } = context;
  const comer = await findComer(db, context, request.headers.get('Cookie'), sessionId);
  if (!comer) throw redirect(signInPath(request));
  const found = await findSeat(db, context, sessionId, comer);
  if ('refused' in found) {
    if (found.refused === 'not_found') throw notFound();
    return Response.json({ message: found.message }, { status: 403 });
  }
  const form = await request.formData();
  const file = form.get('file');
  if (!(file instanceof File)) return Response.json({ message: 'Choose a file.' }, { status: 400 });
  try {
    const kept = await addRoomFile(db, context, {
      ...{ sessionId, seat: found.seat, purpose: form.get('purpose') === 'board' ? 'board' : 'chat' },
      ...{ name: file.name, content: new Uint8Array(await file.arrayBuffer()) },
    });
    return Response.json({ file: kept });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return Response.json({ message: error.message }, { status: statusOf(error) });
  }
}
