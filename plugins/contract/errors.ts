export const pluginErrorCodes = [
  /** The settings are wrong; a person must change them. */
  'config_invalid',
  /** The provider no longer accepts the credentials: stop, and ask to reconnect. */
  'auth_expired',
  /** The credentials are good but may not do this. */
  'scope_missing',
  /** Too many calls just now: wait until `retryAt`. */
  'rate_limited',
  /** The day's or month's allowance is used up: wait until `retryAt`. */
  'quota_exhausted',
  /** The provider can't be reached or has a fault of its own: back off and try again. */
  'unavailable',
  /** The call may or may not have acted: look before doing it again. */
  'outcome_unknown',
  'not_found',
  'conflict',
  /** The provider understood and refuses: never try the same again. */
  'rejected',
  'unsupported',
  /** The provider's reply is not what its documentation says: fail closed. */
  'contract_violation',
] as const;

export type PluginErrorCode = (typeof pluginErrorCodes)[number];

export interface PluginErrorOptions {
  /** Not to be tried again before this instant. */
  retryAt?: Date;
  /** The provider's own code, for its support. */
  providerCode?: string;
  /** The provider's id of the request, for its support. */
  providerRequestId?: string;
  cause?: unknown;
}

/**
 * The one way a plugin fails. `publicMessage` is shown to people: it says what happened and what to do, and holds no
 * secret. Recognise it with `isPluginError`: a module can be loaded twice, so `instanceof` is not to be trusted.
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: PluginErrorCode;
  readonly publicMessage: string;
  readonly retryAt: Date | undefined;
  readonly providerCode: string | undefined;
  readonly providerRequestId: string | undefined;

  constructor(code: PluginErrorCode, publicMessage: string, options: PluginErrorOptions = {}) {
    super(`${code}: ${publicMessage}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.publicMessage = publicMessage;
    this.retryAt = options.retryAt;
    this.providerCode = options.providerCode;
    this.providerRequestId = options.providerRequestId;
  }
}

export function isPluginError(error: unknown): error is PluginError {
  return (
    error instanceof Error &&
    error.name === 'PluginError' &&
    (pluginErrorCodes as readonly string[]).includes((error as PluginError).code)
  );
}
