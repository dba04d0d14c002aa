import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import type { CancelAnswer } from '../office.board._index/answers.ts';
import { readJson } from '../office.board._index/read-json.server.ts';
import { refused } from '../office.board._index/refusal.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** A cancellation taken back, as long as the time is free for everybody in it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.cancel');
  const { reader } = await readerFor(user, context);
  try {
    const { sessionId } = await readJson(request, z.object({ sessionId: z.uuid() }));
    await restoreSession(context.db, context, actorOf(user, context), { sessionId });
    const { version } = await getSession(context.db, sessionId);
    return Response.json({ ok: true, version } satisfies CancelAnswer);
  } catch (error) {
    return refused(error, context, reader);
  }
}
