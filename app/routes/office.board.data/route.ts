import { createHash } from 'node:crypto';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readParams } from '../office.board._index/board-params.ts';
import { daysShown, loadBoard } from '../office.board._index/load-board.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** What the board asks again while it is looked at: nothing is sent when nothing has changed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { organisation, reader } = await readerFor(user, context);
  const params = readParams(new URL(request.url).searchParams, localDateOf(reader.now, organisation.timezone));
  const board = await loadBoard(context, organisation, daysShown(params, reader.locale));
  const etag = `"${createHash('sha256').update(board).digest('base64url').slice(0, 27)}"`;
  const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' };
  if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers });
  return new Response(board, { headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' } });
}
