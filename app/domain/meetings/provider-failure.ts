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
    // What a provider wrote in a head may be no date at all.
    retryAt: error.retryAt && !Number.isNaN(error.retryAt.getTime()) ? error.retryAt : null,
  };
}

/** Attempts before a passing fault counts as a failure that a person must see. It is tried again by itself all the same. */
const patience = 6;
const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;
/** No allowance is for longer than a day: who says more is asked again the day after. */
const longestWaitMs = 24 * 60 * 60_000;

interface NextAttempt {
  state: 'pending' | 'failed';
  /** Counted against the patience: being told to wait is no failed attempt. */
  attempts: number;
  /** null: only a person can mend it. */
  nextAttemptAt: Date | null;
}

/**
 * What becomes of a meeting after a failure. A passing one is tried again for as long as the session is to come, first
 * soon and then every five minutes, not before the provider allows. An answer that makes no sense (a page instead of data:
 * somebody works on the provider) is a failure at once, and looked at again all the same. All else waits for a person.
 */
export function nextAttempt(failure: ProviderFailure, { attempts, now }: { attempts: number; now: Date }): NextAttempt {
  const told = failure.retryAt !== null && (failure.code === 'rate_limited' || failure.code === 'quota_exhausted');
  const count = told ? attempts : attempts + 1;
  const odd = failure.code === 'contract_violation';
  if (!failure.passing && !odd) return { state: 'failed', attempts: count, nextAttemptAt: null };
  const pause = odd ? longestPauseMs : Math.min(firstPauseMs * 2 ** Math.max(count - 1, 0), longestPauseMs);
  const usual = new Date(now.getTime() + pause);
  const wait = failure.retryAt && new Date(Math.min(failure.retryAt.getTime(), now.getTime() + longestWaitMs));
  const nextAttemptAt = wait && (told || wait > usual) ? wait : usual;
  return { state: odd || count >= patience ? 'failed' : 'pending', attempts: count, nextAttemptAt };
}

/** After it the provider may have acted all the same. */
export const mayHaveActed = (code: string): boolean => ['unavailable', 'outcome_unknown', 'contract_violation'].includes(code);

/** What a person can do about it, in a sentence. @param byItself it is tried again without anybody's doing */
export function wayOut(code: string | null, byItself = false): string {
  if (byItself) return 'It is tried again by itself. You can choose another provider.';
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
