import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { changeSessions } from './change-sessions.server.ts';
import { requestTimeOff } from './request-time-off.server.ts';
import type { ChangeOutcome, ChangeSessionsInput } from './session-changes.ts';

export interface CoverAbsenceInput extends ChangeSessionsInput {
  tutorId: string;
  /** Local days, both included. */
  from: string;
  to: string;
  /** Chosen by the form: the time off to record for these days. Absent: none. */
  timeOffId?: string | undefined;
}

/**
 * Deals with the sessions of a tutor who is away: each goes to a substitute, to another time, or is cancelled, and
 * everybody concerned is told once. The days are recorded as time off if asked, unless they are already.
 * @throws DomainError as changeSessions
 */
export async function coverAbsence(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CoverAbsenceInput,
): Promise<ChangeOutcome> {
  const { tutorId, from, to, timeOffId, ...changes } = input;
  return inTransaction(db, async (trx) => {
    const outcome = await changeSessions(trx, ctx, actor, changes);
    if (timeOffId) {
      const days = { id: timeOffId, tutorId, fromDate: from, toDate: to, fromTime: null, toTime: null, reason: changes.reason };
      await requestTimeOff(trx, ctx, actor, { ...days, reason: changes.reason.slice(0, 500) }, 'office').catch(
        (error: unknown) => {
          // They have time off in these days already, or the days are over.
          if (!isDomainError(error, 'invalid_value')) throw error;
        },
      );
    }
    const done = outcome.results.filter((result) => result.state === 'done');
    if (done.length > 0) {
      await audit(trx, actor, {
        action: 'tutor.absence',
        subjectType: 'tutor',
        subjectId: tutorId,
        after: { from, to, sessionIds: done.map((result) => result.sessionId) },
        reason: changes.reason,
      });
    }
    return outcome;
  });
}
