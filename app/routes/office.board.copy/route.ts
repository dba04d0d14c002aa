import type { ActionFunctionArgs } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { bookAgain, bookAgainSchema } from '#app/domain/scheduling/book-again.server.ts';
import type { CopyAnswer } from '../office.board._index/answers.ts';
import { readJson } from '../office.board._index/read-json.server.ts';
import { refused } from '../office.board._index/refusal.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** Copied sessions put down elsewhere: the same is booked again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const { reader } = await readerFor(user, context);
  try {
    const input = await readJson(request, bookAgainSchema);
    const { sessionIds, warnings } = await bookAgain(context.db, context, actorOf(user, context), input);
    return Response.json({ ok: true, booked: sessionIds, warnings: warnings.map(({ message }) => message) } satisfies CopyAnswer);
  } catch (error) {
    return refused(error, context, reader);
  }
}
