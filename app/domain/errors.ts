export type DomainErrorCode =
  | 'not_found'
  | 'forbidden'
  | 'invalid_value'
  | 'conflict'
  | 'tutor_conflict'
  | 'student_conflict'
  | 'room_conflict'
  | 'nonexistent_time'
  | 'no_show_too_early'
  | 'unknown_reference'
  | 'duplicate_reference'
  | 'insufficient_credits'
  | 'missing_rate'
  | 'locked'
  | 'preview_changed'
  | 'already_done'
  | 'off_grid'
  | 'provider_not_connected'
  | 'outside_availability'
  | 'time_off'
  | 'closed'
  | 'too_soon'
  | 'beyond_horizon'
  | 'over_limit'
  | 'travel_conflict'
  /** A guest's time was kept too long ago; it may still be free. */
  | 'hold_expired';

export interface DomainErrorOptions {
  /** The form field at which the message is shown. */
  field?: string;
  /** What the page shows beside the message, e.g. what a booking clashes with. */
  details?: unknown;
  cause?: unknown;
}

/** An outcome the business expects and a person can act on. Its message is shown to them as it stands. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly field: string | undefined;
  readonly details: unknown;

  constructor(code: DomainErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.field = options.field;
    this.details = options.details;
  }
}

/** By name and code, not instanceof: the server's bundle and its source each have a class of their own. */
export function isDomainError(error: unknown, code?: DomainErrorCode): error is DomainError {
  if (!(error instanceof Error) || error.name !== 'DomainError' || !('code' in error)) return false;
  return code === undefined || error.code === code;
}

const conflicts: readonly DomainErrorCode[] = [
  'conflict',
  'tutor_conflict',
  'student_conflict',
  'room_conflict',
  'duplicate_reference',
  'insufficient_credits',
  'locked',
  'preview_changed',
  'already_done',
  'outside_availability',
  'time_off',
  'closed',
  'too_soon',
  'beyond_horizon',
  'over_limit',
  'travel_conflict',
  'hold_expired',
];

/** The HTTP status a DomainError is answered with. */
export function statusOf(error: DomainError): 400 | 403 | 404 | 409 {
  if (error.code === 'not_found') return 404;
  if (error.code === 'forbidden') return 403;
  return conflicts.includes(error.code) ? 409 : 400;
}
