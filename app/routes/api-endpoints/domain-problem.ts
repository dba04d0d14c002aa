import { type DomainError, statusOf } from '#app/domain/errors.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import type { StaleSession } from '#app/domain/scheduling/stale-session.ts';
import type { FieldError, Problem } from './problem.ts';

/** What the business refuses, with all that the pages say of it: every problem, what it clashes with, both versions. */
export function domainProblem(error: DomainError): Problem {
  const details = (error.details ?? {}) as { problems?: BookingProblem[] } & Partial<StaleSession>;
  const problems = details.problems ?? [];
  const fields: FieldError[] = [
    ...(error.field ? [{ field: error.field, message: error.message }] : []),
    ...problems.flatMap(({ field, message, severity }) =>
      field && severity === 'blocking' && field !== error.field ? [{ field, message }] : [],
    ),
  ];
  return {
    status: statusOf(error),
    code: error.code,
    detail: error.message,
    errors: fields,
    extra: {
      ...(problems.length > 0 ? { problems: problems.map(problemRead) } : {}),
      ...(details.read && details.now ? { yours: staleRead(details.read), current: staleRead(details.now) } : {}),
    },
  };
}

/** One thing that speaks against a booking, or should be looked at. */
export function problemRead({ code, severity, field, message, sessions }: BookingProblem) {
  return {
    code,
    severity,
    message,
    ...(field ? { field } : {}),
    ...(sessions
      ? {
          sessions: sessions.map(({ id, ref, startsAt, endsAt }) => ({
            id,
            ref,
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
          })),
        }
      : {}),
  };
}

const staleRead = (facts: StaleSession['now']) => ({ ...facts, startsAt: facts.startsAt.toISOString() });
