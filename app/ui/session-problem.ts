import { z } from 'zod';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { type BookingProblem, blocking, type ClashingSession } from '#app/domain/scheduling/booking-problem.ts';
import type { SessionFacts, StaleSession } from '#app/domain/scheduling/stale-session.ts';
import { minutesText } from './session-length.ts';
import { dayText, type Reader, timeText } from './session-when.ts';

/** What a form answers when it can't be taken: the sentence, and what is wrong at which field. */
export interface FormProblem {
  message: string;
  errors: Record<string, string>;
  /** What it clashes with, each linked. */
  clashes: { href: string; text: string }[];
  /** What else is in the way, a sentence each. */
  more?: string[];
  /** Of a session that somebody changed meanwhile: the version that is told of. Sent again, it says that this was seen. */
  version?: number;
  /** The error's code, for what a page does about one of them. */
  code?: string;
}

export function clashesOf(sessions: readonly ClashingSession[] | undefined, reader: Reader): FormProblem['clashes'] {
  return (sessions ?? []).map((session) => ({
    href: `/office/sessions/${session.id}`,
    text: `${dayText(reader, session.startsAt)}, ${timeText(reader, session.startsAt)}–${timeText(reader, session.endsAt)}: ${session.studentNames.join(', ')} with ${session.tutorName} (${session.ref})`,
  }));
}

/** An expected refusal as a form's answer with its status. Anything else is a bug and thrown on. */
export function problemOf(error: unknown, reader: Reader): { problem: FormProblem; status: number } {
  if (error instanceof z.ZodError) {
    return {
      status: 400,
      problem: { message: 'That can’t be saved yet.', errors: fieldErrors(error), clashes: [], code: 'invalid_value' },
    };
  }
  if (!isDomainError(error)) throw error;
  const details = (error.details ?? {}) as {
    sessions?: ClashingSession[];
    problems?: BookingProblem[];
  } & Partial<StaleSession>;
  const problems = blocking(details.problems ?? []);
  return {
    status: statusOf(error),
    problem: {
      message: error.message,
      errors: {
        ...Object.fromEntries(problems.flatMap(({ field, message }) => (field ? [[field, message]] : []))),
        ...(error.field === undefined ? {} : { [error.field]: error.message }),
      },
      clashes: clashesOf(problems.length > 0 ? problems.flatMap(({ sessions }) => sessions ?? []) : details.sessions, reader),
      more: [...new Set(problems.map(({ message }) => message))].filter((message) => message !== error.message),
      ...staleOf(details, reader),
      code: error.code,
    },
  };
}

/** Both versions in words: what was on the page, and what is saved now. */
function staleOf({ read, now }: Partial<StaleSession>, reader: Reader): Pick<FormProblem, 'more' | 'version'> {
  if (!read || !now) return {};
  const facts = (one: SessionFacts) =>
    `${dayText(reader, one.startsAt)}, ${timeText(reader, one.startsAt)}, ${minutesText(one.durationMinutes)} with ${one.tutorName}`;
  const same = facts(read) === facts(now);
  const more = same
    ? [`Its time and tutor are still the same: ${facts(now)}.`]
    : [`You saw: ${facts(read)}.`, `Now it is: ${facts(now)}.`];
  return { more, version: now.version };
}

/** On a form that sends the told version along: a second try has seen it. */
export function orInsist(problem: FormProblem): FormProblem {
  if (problem.version === undefined) return problem;
  return { ...problem, more: [...(problem.more ?? []), 'Send the form again to change it nevertheless.'] };
}

/** The first message of each field; of a list, that of the list too. */
function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    for (const name of new Set([issue.path.join('.'), String(issue.path[0] ?? '')])) errors[name] ??= issue.message;
  }
  return errors;
}
