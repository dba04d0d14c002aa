import { notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import type { Reader } from '#app/ui/session-when.ts';

/** A refusal on a tutor's or a family's page: never with what it clashes with, since that can be a lesson of others. */
export function planningProblem(error: unknown, reader: Reader): { problem: FormProblem; status: number } {
  if (isDomainError(error, 'not_found')) throw notFound();
  const { problem, status } = problemOf(error, reader);
  const { tutorId, studentIds, wallStart, ...errors } = problem.errors;
  const time = wallStart ?? tutorId ?? studentIds;
  return { status, problem: { ...problem, clashes: [], errors: time ? { ...errors, time } : errors } };
}
