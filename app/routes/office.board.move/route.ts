import type { ActionFunctionArgs } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { moveSessions, moveSessionsSchema } from '#app/domain/scheduling/move-sessions.server.ts';
import type { MoveAnswer } from '../office.board._index/answers.ts';
import { readJson } from '../office.board._index/read-json.server.ts';
import { refused } from '../office.board._index/refusal.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** Sessions let go at another time, tutor or length: all of them or none. */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.edit');
  const { reader } = await readerFor(user, context);
  try {
    const moved = await moveSessions(context.db, context, actorOf(user, context), await readJson(request, moveSessionsSchema));
    return Response.json({ ok: true, moved } satisfies MoveAnswer);
  } catch (error) {
    return refused(error, context, reader);
  }
}
