import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { findBoard } from '#app/domain/classroom/board-store.server.ts';
import { findReadableSession } from '#app/domain/classroom/read-classroom.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** The whiteboard of a session as one Yjs update; empty where nothing was drawn. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  if (!(await findReadableSession(db, args.context, id, { user }))) throw notFound();
  const board = (await findBoard(db, id)) ?? new Uint8Array();
  return new Response(new Uint8Array(board), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(board.byteLength),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
