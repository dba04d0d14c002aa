import { PluginError, type PluginErrorOptions, z } from '#plugins/contract/index.ts';

const failed = z.object({
  error: z.object({
    message: z.string().optional(),
    /** Of the Meet API. */
    status: z.string().optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
    /** Of the Calendar API. */
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

const PER_MINUTE = ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'];
const PER_DAY = ['dailyLimitExceeded', 'quotaExceeded'];
const SCOPE = ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'];
const SWITCHED_OFF = ['accessNotConfigured', 'SERVICE_DISABLED'];

/** A reply that is not a success, as the one way in which a plugin fails. */
export function failureOf(response: Response, body: string, now: Date): PluginError {
  const { status } = response;
  const { reason, message } = said(body);
  const options: PluginErrorOptions = reason ? { providerCode: reason } : {};
  const is = (reasons: readonly string[]) => reasons.includes(reason);
  if (status === 401) {
    return new PluginError(
      'auth_expired',
      'Google no longer accepts the tutor’s account. It has to be connected again.',
      options,
    );
  }
  // Google refuses for a quota with 403 as well as with 429.
  if (is(PER_DAY)) {
    const retryAt = retryTime(response, now) ?? nextDay(now);
    return new PluginError('quota_exhausted', 'Google takes no more calls today.', { ...options, retryAt });
  }
  if (status === 429 || is(PER_MINUTE)) {
    const retryAt = retryTime(response, now) ?? new Date(now.getTime() + 60_000);
    return new PluginError('rate_limited', 'Google takes no more calls for a moment.', { ...options, retryAt });
  }
  if (status >= 500) return new PluginError('unavailable', 'Google has a fault of its own.', options);
  if (is(SWITCHED_OFF)) {
    const text = 'The Google Meet API or the Google Calendar API is not switched on in the company’s Google Cloud project.';
    return new PluginError('config_invalid', text, options);
  }
  if (is(SCOPE)) {
    const text = 'The tutor’s Google account does not allow this. Connect it again and leave every box ticked.';
    return new PluginError('scope_missing', text, options);
  }
  if (status === 404 || status === 410) return new PluginError('not_found', 'It is no longer at Google.', options);
  if (status === 409) return new PluginError('conflict', 'It is at Google already.', options);
  return new PluginError('rejected', message ? `Google refuses it: ${message.slice(0, 200)}` : 'Google refuses it.', options);
}

function said(body: string): { reason: string; message: string } {
  try {
    const { error } = failed.parse(JSON.parse(body));
    const reason = error.errors?.[0]?.reason ?? error.details?.find((detail) => detail.reason)?.reason ?? error.status ?? '';
    return { reason, message: error.message ?? '' };
  } catch {
    return { reason: '', message: '' };
  }
}

function retryTime(response: Response, now: Date): Date | undefined {
  const header = response.headers.get('retry-after');
  if (!header) return undefined;
  const at = /^\d+$/.test(header) ? new Date(now.getTime() + Number(header) * 1_000) : new Date(header);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Google's days end at midnight in California: at 8 in the morning, UTC, at the latest. */
function nextDay(now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 8);
  return new Date(today > now.getTime() ? today : today + 24 * 60 * 60_000);
}
