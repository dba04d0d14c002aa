import type { ActionFunctionArgs } from '@remix-run/node';
import { loadTutorSession } from '../session-pages/load-session.server.ts';
import { takeCloseOut } from '../session-pages/take-close-out.server.ts';

/**
 * `POST`, by the page's script: the form of a close-out, at once or kept from when there was no connection. Answers `{}`, or
 * `{ problem }` in words. However often the same form comes, it is one close-out.
 */
export async function action(args: ActionFunctionArgs) {
  const loaded = await loadTutorSession(args, 'closeout.submit');
  const refused = await takeCloseOut(loaded, await args.request.formData(), 'tutor');
  return refused ? Response.json({ problem: refused.problem }, { status: refused.status }) : Response.json({});
}
