import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { authorize } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { checkMoves } from '#app/domain/scheduling/check-moves.server.ts';
import { moveSessionsSchema } from '#app/domain/scheduling/move-sessions.server.ts';
import { bookSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { clashesOf } from '#app/ui/session-problem.ts';
import type { CheckAnswer } from '../office.board._index/answers.ts';
import { readJson } from '../office.board._index/read-json.server.ts';
import { refused } from '../office.board._index/refusal.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const planned = moveSessionsSchema.shape.moves.element.omit({ version: true });

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['move', 'copy']), moves: z.array(planned).min(1).max(50) }),
  z.object({
    kind: z.literal('place'),
    booking: bookSessionSchema.pick({
      tutorId: true,
      studentIds: true,
      programId: true,
      subjectId: true,
      wallStart: true,
      durationMinutes: true,
      mode: true,
    }),
  }),
]);

/** What it would go against if what is in the hand were let go where it is: says it, and changes nothing. */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const { reader } = await readerFor(user, context);
  try {
    const asked = await readJson(request, schema);
    const problems =
      asked.kind === 'place'
        ? (await checkBooking(context.db, context, { ...asked.booking, billable: true })).problems
        : await checkMoves(context.db, context, asked.moves, { anew: asked.kind === 'copy' });
    const seen = new Set<string>();
    const answer: CheckAnswer = {
      problems: problems
        // What the tutor earns is nobody's question here.
        .filter(({ field, message }) => field !== 'payRateOverride' && !seen.has(message) && seen.add(message))
        .map((problem) => ({
          severity: problem.severity,
          message: problem.message,
          clashes: clashesOf(problem.sessions, reader).map(({ text }) => text),
        })),
    };
    return Response.json(answer);
  } catch (error) {
    if (isDomainError(error)) {
      return Response.json({ problems: [{ severity: 'blocking', message: error.message, clashes: [] }] } satisfies CheckAnswer);
    }
    return refused(error, context, reader);
  }
}
