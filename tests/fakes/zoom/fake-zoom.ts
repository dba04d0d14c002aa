import { createHmac } from 'node:crypto';
import type { FakeMeetingServer, MeetingFault, SignedWebhook } from '#plugins/contract/testing/index.ts';
import { zoomMeetings } from './meetings.ts';
import { refusal, type ZoomToken, zoomTokens } from './tokens.ts';
import { meetingEvents } from './webhooks.ts';

export const keys = {
  accountId: 'acct-3f9a',
  clientId: 'company-client',
  clientSecret: 'canary-company-7be1',
  tutorClientId: 'tutor-client',
  tutorClientSecret: 'canary-tutors-90ac',
  webhookSecret: 'canary-webhook-41d0',
};
/** Users of the company's account; the first is whom the app acts for. */
export const users = ['ana@example.com', 'ben@example.com', 'cleo@example.com'];

export interface FakeZoom extends FakeMeetingServer {
  calls: { method: string; path: string; host: string }[];
  /** The topic, agenda, times and settings of a meeting as Zoom has them. */
  meeting(ref: string): Record<string, unknown> | undefined;
  /** Somebody deletes a meeting at Zoom by hand. */
  remove(ref: string): void;
  /** The tutor agrees on Zoom's page: the code that comes back to the callback. */
  authorise(email: string, redirectUri: string, challenge: string): string;
  /** Takes a scope away from the company's app. */
  withoutScope(scope: string): void;
  sign(body: string, now: Date): SignedWebhook;
}

interface Options {
  account?: 'company' | 'tutors' | 'either';
  /** Without it nothing tells who came but the report. */
  webhook?: boolean;
  now?: () => Date;
}

/** Stands for zoom.us and api.zoom.us: keeps meetings by host, and enforces what Zoom documents. */
export function fakeZoom({
  account = 'company',
  webhook = true,
  now = () => new Date('2026-03-20T12:00:00Z'),
}: Options = {}): FakeZoom {
  const tokens = zoomTokens(keys, users);
  const meetings = zoomMeetings({ users, now });
  const calls: FakeZoom['calls'] = [];
  let fault: MeetingFault | undefined;
  let refusing = 0;

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    const method = init.method ?? 'GET';
    if (url.host === 'zoom.us') {
      if (url.pathname === '/oauth/token' && method === 'POST') return tokens.ask(init);
      if (url.pathname === '/oauth/revoke' && method === 'POST') return tokens.revoke(init);
      throw new Error(`unexpected request: ${method} ${url}`);
    }
    if (url.host !== 'api.zoom.us' || !url.pathname.startsWith('/v2/')) throw new Error(`unexpected request: ${method} ${url}`);
    const given = new Headers(init.headers).get('authorization') ?? '';
    const token: ZoomToken | undefined = tokens.find(given.replace(/^Bearer /, ''));
    if (!given.startsWith('Bearer ')) return refusal(401, 4700, 'Token cannot be empty.');
    if (!token) return refusal(401, 124, 'Invalid access token.');
    return meetings.answer(method, url.pathname.slice(3), url.searchParams, init, token);
  }

  const connected = account === 'tutors' ? tokens.connect('ana@example.com') : undefined;
  return {
    settings: {
      account,
      ...(account !== 'tutors' ? { accountId: keys.accountId, clientId: keys.clientId, clientSecret: keys.clientSecret } : {}),
      ...(account !== 'company' ? { tutorClientId: keys.tutorClientId, tutorClientSecret: keys.tutorClientSecret } : {}),
      ...(webhook ? { webhookSecret: keys.webhookSecret } : {}),
    },
    secrets: [keys.clientSecret, keys.tutorClientSecret, keys.webhookSecret],
    calls,
    rooms: meetings.ids,
    meeting: meetings.get,
    remove: meetings.remove,
    attend: meetings.attend,
    authorise: tokens.authorise,
    withoutScope: tokens.withoutScope,
    failNext: (next) => {
      fault = next;
    },
    ...(connected
      ? {
          account: { ref: 'user-ana', label: 'ana@example.com', scopes: [] },
          accessToken: (rejected?: string) => (rejected ? tokens.connect('ana@example.com') : connected),
        }
      : {}),
    sign,
    webhooks: (ref, at) => meetingEvents(ref, at).map((body) => sign(JSON.stringify(body), at)),

    async fetch(url, init) {
      const method = init.method ?? 'GET';
      calls.push({ method, path: url.pathname + url.search, host: url.host });
      const isApi = url.host === 'api.zoom.us';
      if (refusing > 0) {
        refusing -= 1;
        return refusal(401, 124, `Invalid access token of ${keys.clientSecret}`);
      }
      // A reply is lost after Zoom acted, and a token ends, where something is asked of the API.
      if ((fault === 'reply_lost' && (!isApi || method === 'GET')) || (fault === 'token_ended' && !isApi))
        return answer(url, init);
      const now_ = fault;
      fault = undefined;
      switch (now_) {
        case 'unauthorised':
          // Another token is no better.
          refusing = isApi ? 1 : 0;
          return refusal(401, 124, `Invalid access token of ${keys.clientSecret}`);
        case 'token_ended':
          tokens.end(new Headers(init.headers).get('authorization')?.replace(/^Bearer /, '') ?? '');
          return answer(url, init);
        case 'rate_limited':
          return Response.json(
            { code: 429, message: 'You have exceeded the per-second limit.' },
            { status: 429, headers: { 'x-ratelimit-category': 'Light', 'x-ratelimit-type': 'QPS', 'retry-after': '2' } },
          );
        case 'unavailable':
          return new Response('<html>Service Unavailable</html>', { status: 503, headers: { 'content-type': 'text/html' } });
        case 'malformed':
          return Response.json({ surprise: true });
        case 'html':
          return new Response('<html>Please sign in</html>', { headers: { 'content-type': 'text/html' } });
        case 'half':
          return new Response('{"id": 8571', { headers: { 'content-type': 'application/json' } });
        case 'reply_lost':
          await answer(url, init);
          throw new TypeError('fetch failed');
        default:
          return answer(url, init);
      }
    },
  };
}

function sign(body: string, now: Date): SignedWebhook {
  const stamp = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac('sha256', keys.webhookSecret).update(`v0:${stamp}:${body}`).digest('hex');
  return {
    headers: { 'x-zm-request-timestamp': stamp, 'x-zm-signature': `v0=${signature}`, 'content-type': 'application/json' },
    rawBody: Buffer.from(body),
  };
}
