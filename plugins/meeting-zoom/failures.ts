import { PluginError, type PluginErrorOptions, z } from '#plugins/contract/index.ts';

/** Zoom's codes for a token that lacks a scope; they come with 400. */
const SCOPE_CODES = ['104', '4711'];
/** "User does not exist", with 404. */
const NO_USER = '1001';

const failed = z.object({ code: z.union([z.number(), z.string()]).optional(), message: z.string().optional() });

/** What Zoom said, in JSON or, from some of its servers, in XML. */
function said(body: string): { code: string; message: string } {
  const xml = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(body)?.[1]?.trim() ?? '';
  if (/^\s*</.test(body)) return { code: xml('code'), message: xml('message') };
  try {
    const parsed = failed.safeParse(JSON.parse(body));
    return { code: String(parsed.data?.code ?? ''), message: parsed.data?.message ?? '' };
  } catch {
    return { code: '', message: '' };
  }
}

/** A reply that is not a success, as the one way in which a plugin fails. */
export function failureOf(response: Response, body: string, now: Date): PluginError {
  const { status } = response;
  const { code, message } = said(body);
  const requestId = response.headers.get('x-zm-trackingid');
  const options: PluginErrorOptions = {
    ...(code ? { providerCode: code } : {}),
    ...(requestId ? { providerRequestId: requestId } : {}),
  };
  // Whatever the code in the body: 124, 200 and 4700 all came with it.
  if (status === 401) {
    return new PluginError(
      'auth_expired',
      'Zoom no longer accepts the account. Connect it again, or enter its keys anew.',
      options,
    );
  }
  if (status === 429) return limited(response, now, options);
  if (status >= 500) return new PluginError('unavailable', 'Zoom has a fault of its own.', options);
  if (SCOPE_CODES.includes(code) || /does not contain scope/i.test(message)) {
    const text = 'The app at Zoom lacks a scope that is needed. Add it there; whoever connected an account connects it again.';
    return new PluginError('scope_missing', text, options);
  }
  if (status === 404 && code === NO_USER) {
    const text =
      'Zoom knows no user with the tutor’s e-mail address. Add them at Zoom, or correct the address on the tutor’s page.';
    return new PluginError('config_invalid', text, options);
  }
  if (status === 404) return new PluginError('not_found', 'The meeting is no longer at Zoom.', options);
  if (status === 409) return new PluginError('conflict', 'Zoom is at the same meeting just now.', options);
  if (status === 403) return new PluginError('scope_missing', 'The account at Zoom may not do this.', options);
  return new PluginError('rejected', message ? `Zoom refuses it: ${message.slice(0, 200)}` : 'Zoom refuses it.', options);
}

/** Too many calls in a second, or more than 100 meetings made or changed for one user in a day (UTC). */
function limited(response: Response, now: Date, options: PluginErrorOptions): PluginError {
  const daily = /daily/i.test(response.headers.get('x-ratelimit-type') ?? '');
  const retryAt = retryTime(response.headers.get('retry-after'), now) ?? (daily ? nextDay(now) : new Date(now.getTime() + 5_000));
  return daily
    ? new PluginError('quota_exhausted', 'Zoom takes no more new or changed meetings of this tutor today.', {
        ...options,
        retryAt,
      })
    : new PluginError('rate_limited', 'Zoom takes no more calls for a moment.', { ...options, retryAt });
}

/** The daily limit's is a date as ISO writes it, others' are seconds. */
function retryTime(header: string | null, now: Date): Date | undefined {
  if (!header) return undefined;
  const at = /^\d+$/.test(header) ? new Date(now.getTime() + Number(header) * 1_000) : new Date(header);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

const nextDay = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
