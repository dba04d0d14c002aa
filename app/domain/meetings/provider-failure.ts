import { isPluginError, type PluginErrorCode } from '#plugins/contract/index.ts';

export interface ProviderFailure {
  code: PluginErrorCode;
  /** For a person: what happened. Holds no secret once masked. */
  message: string;
  /** Trying again by itself may help. */
  passing: boolean;
  retryAt: Date | null;
}

const passing: readonly PluginErrorCode[] = ['rate_limited', 'quota_exhausted', 'unavailable', 'outcome_unknown'];

/** What a failed call to a provider means. What is no PluginError is a bug of the plugin and fails closed. */
export function failureOf(error: unknown): ProviderFailure {
  if (!isPluginError(error)) {
    const message = 'The provider’s plugin has a fault. The details are in the log.';
    return { code: 'contract_violation', message, passing: false, retryAt: null };
  }
  return {
    code: error.code,
    message: error.publicMessage,
    passing: passing.includes(error.code),
    retryAt: error.retryAt ?? null,
  };
}

/** What a person can do about it, in a sentence. */
export function wayOut(code: string | null): string {
  switch (code) {
    case 'config_invalid':
      return 'Correct what it says, then try again, or choose another provider.';
    case 'auth_expired':
    case 'scope_missing':
      return 'Reconnect the provider in the settings, then try again, or choose another provider.';
    case 'rate_limited':
    case 'quota_exhausted':
    case 'unavailable':
    case 'outcome_unknown':
      return 'Try again, or choose another provider.';
    default:
      return 'Choose another provider.';
  }
}
