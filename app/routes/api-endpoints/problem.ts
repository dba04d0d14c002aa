import type { DomainErrorCode } from '#app/domain/errors.ts';

/** What of a call is wrong by itself, before the business is asked. */
export const CALL_CODES = {
  unauthorized: 'There is no key, or none that holds.',
  insufficient_scope: 'The key doesn’t have the scope that this call needs.',
  rate_limited: 'Too many calls: wait as long as Retry-After says.',
  method_not_allowed: 'There is something at this address, but not for this method.',
  unsupported_media_type: 'A body must be application/json.',
  too_large: 'The body is too large.',
  invalid_json: 'The body is no JSON.',
  invalid_cursor: 'The cursor is not one that a list gave, or of another list.',
  idempotency_key_invalid: 'An Idempotency-Key has 1 to 255 letters, digits and signs.',
  idempotency_key_reused: 'This Idempotency-Key was used for another write.',
  internal: 'Something went wrong on our side. Nothing was changed; the same call can be made again.',
} as const;
export type CallCode = keyof typeof CALL_CODES;

/** What the business refuses, in the words of the pages: the same codes as they have. */
export const DOMAIN_CODES: Record<DomainErrorCode, string> = {
  not_found: 'There is nothing with this id.',
  forbidden: 'This is not for whoever asks.',
  invalid_value: 'A value is missing, unknown or makes no sense; `errors` says which and why.',
  conflict: 'Somebody changed it since it was read; `yours` and `current` have both versions.',
  tutor_conflict: 'The tutor has another session then.',
  student_conflict: 'A student has another session then; `overruleStudentConflict` books it all the same.',
  room_conflict: 'The room is taken then.',
  nonexistent_time: 'The clocks go forward over this time, so it does not exist.',
  no_show_too_early: 'A no-show can’t be marked yet.',
  unknown_reference: 'An id names nothing, or something archived.',
  duplicate_reference: 'The reference is taken.',
  insufficient_credits: 'There are not enough credits, and the program asks for them.',
  missing_rate: 'There is no rate for it.',
  locked: 'It is on an invoice, in a pay run, closed out or over, and can’t be changed any more.',
  preview_changed: 'What was previewed has changed.',
  already_done: 'It was done already.',
  off_grid: 'The start is not on the grid of this program.',
  provider_not_connected: 'The tutor has no connection to the meeting provider.',
  outside_availability: 'The tutor doesn’t teach then. For keys, as for the office, a warning.',
  time_off: 'The tutor has time off then. For keys, as for the office, a warning.',
  closed: 'The company or the program is closed then. For keys, as for the office, a warning.',
  too_soon: 'It is sooner than the notice that is asked for. For keys, as for the office, a warning.',
  beyond_horizon: 'It is further ahead than may be booked. For keys, as for the office, a warning.',
  over_limit: 'The tutor’s day or week would be too long. For keys, as for the office, a warning.',
  hold_expired: 'The time was kept for a while, and the while is over.',
  travel_conflict: 'The tutor can’t be there in time from the session before, or in time for the one after.',
};

export interface FieldError {
  /** The field of the body or the parameter, as in `attendance.0.outcome`. */
  field: string;
  message: string;
}

/** An error as RFC 9457 has it. */
export interface Problem {
  status: number;
  code: CallCode | DomainErrorCode;
  /** This one, in a sentence. */
  detail: string;
  errors?: FieldError[];
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Thrown where a call can't go on; answered as it stands. */
export class CallRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'CallRefused';
    this.problem = problem;
  }
}

export function refuse(status: number, code: CallCode, more: Partial<Omit<Problem, 'status' | 'code'>> = {}): CallRefused {
  return new CallRefused({ status, code, detail: CALL_CODES[code], ...more });
}

export interface ProblemBody extends Record<string, unknown> {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  instance: string;
}

export function problemBody(problem: Problem, { origin, requestId }: { origin: string; requestId: string }): ProblemBody {
  const titles: Record<string, string> = { ...CALL_CODES, ...DOMAIN_CODES };
  return {
    type: `${origin}/api/v1/docs#code-${problem.code}`,
    title: (titles[problem.code] ?? problem.code).replaceAll('`', ''),
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    instance: `urn:request:${requestId}`,
    ...(problem.errors && problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...problem.extra,
  };
}
