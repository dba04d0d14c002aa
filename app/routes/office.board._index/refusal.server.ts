import type { AppContext } from '#app/context.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import type { Refusal } from './answers.ts';

/** An expected refusal with its status, in words for whoever is at the board. Anything else is a bug and thrown on. */
export async function refused(error: unknown, context: Pick<AppContext, 'db'>, reader: Reader): Promise<Response> {
  const { problem, status } = problemOf(error, reader);
  const sessionId = isDomainError(error) ? (error.details as { sessionId?: string } | undefined)?.sessionId : undefined;
  const first = Object.values(problem.errors)[0];
  const refusal: Refusal = {
    ok: false,
    code: problem.code ?? '',
    message: isDomainError(error) ? problem.message : (first ?? problem.message),
    clashes: problem.clashes,
  };
  if (problem.code === 'conflict' && sessionId !== undefined) refusal.clashes = [await changedBy(context, sessionId, reader)];
  return Response.json(refusal, { status });
}

/** Who was faster, and what the session is now. */
async function changedBy({ db }: Pick<AppContext, 'db'>, sessionId: string, reader: Reader) {
  const [session, [last]] = await Promise.all([
    getSession(db, sessionId),
    listAudit(db, { subjectType: 'session', subjectId: sessionId, limit: 1 }),
  ]);
  const when = whenOf(reader, session.startsAt, session.endsAt);
  const names = session.places.map((place) => place.studentName).join(', ');
  const who = last ? `${last.by} changed it first. ` : '';
  return {
    href: `/office/sessions/${sessionId}`,
    text: `${who}${names} with ${session.tutor.name} is now ${when.day}, ${when.time}`,
  };
}
