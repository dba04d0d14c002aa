import type { FakeMeetingServer, MeetingFault } from '#plugins/contract/testing/index.ts';
import { oauthServer } from '../oauth-server.ts';
import { googleCalendar } from './calendar.ts';
import { knownRequest } from './discovery.ts';
import { googleMeet } from './meet.ts';
import { refusal } from './refusals.ts';

export const keys = { clientId: '4071.apps.googleusercontent.example', clientSecret: 'canary-GOCSPX-5d31' };

const AUTH = 'https://www.googleapis.com/auth';
const TOKEN = 'https://oauth2.googleapis.com/token';

interface Options {
  room?: 'event' | 'space';
  scopes?: string[];
  now?: () => Date;
}

/**
 * Stands for Google's authorisation server, Calendar and Meet: what it is asked is held against Google's own description of its
 * interfaces, and the token must carry a scope that the description names.
 */
export function fakeGoogle({
  room = 'event',
  scopes = [
    `${AUTH}/calendar.events.owned`,
    `${AUTH}/meetings.space.readonly`,
    `${AUTH}/meetings.space.created`,
    `${AUTH}/userinfo.email`,
  ],
  now = () => new Date('2026-03-20T12:00:00Z'),
}: Options = {}) {
  let number = 0;
  const newCode = () => {
    number += 1;
    const letters = [...String(number).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    return `abc-${letters}-xyz`;
  };
  const auth = oauthServer({
    ...{
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: TOKEN,
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
    },
    ...{ client: { id: keys.clientId, secret: keys.clientSecret }, clientAuth: 'post', clock: now, rotates: false },
  });
  const calendar = googleCalendar({ newCode });
  const meet = googleMeet({ newCode });
  const calls: { method: string; url: URL }[] = [];
  let fault: MeetingFault | undefined;
  let refusing = 0;
  let { accessToken: current } = auth.connect('ana@example.com', scopes);

  function answer(url: URL, init: RequestInit): Promise<Response> | Response {
    if (auth.serves(url)) return auth.fetch(url, init);
    const holder = auth.holder(new Headers(init.headers));
    if (!holder) return refusal(401, 'authError', 'Invalid Credentials');
    if (url.href === 'https://www.googleapis.com/oauth2/v3/userinfo') {
      if (!holder.scopes.includes(`${AUTH}/userinfo.email`)) return refusal(401, 'authError', 'Invalid Credentials');
      return Response.json({ sub: `1093${holder.account.length}`, email: holder.account, email_verified: true });
    }
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const { method, path } = knownRequest(init.method ?? 'GET', url, body);
    if (!method.scopes.some((scope) => holder.scopes.includes(scope))) {
      return refusal(403, 'insufficientPermissions', 'Insufficient Permission');
    }
    switch (method.id) {
      case 'calendar.events.insert':
        return calendar.insert(body, url.searchParams);
      case 'calendar.events.get':
        return calendar.read(path.eventId ?? '');
      case 'calendar.events.patch':
        return calendar.change(path.eventId ?? '', body, url.searchParams);
      case 'calendar.events.delete':
        return calendar.remove(path.eventId ?? '');
      case 'meet.spaces.create':
        return meet.create(body ?? {});
      case 'meet.spaces.get':
        return meet.get(path.name ?? '');
      case 'meet.spaces.endActiveConference':
        return meet.end(path.name ?? '');
      case 'meet.conferenceRecords.list':
        return meet.records(url.searchParams);
      case 'meet.conferenceRecords.participants.list':
        return meet.participants(path.parent ?? '', url.searchParams);
      case 'meet.conferenceRecords.participants.participantSessions.list':
        return meet.sessions(path.parent ?? '', url.searchParams);
      default:
        throw new Error(`unexpected request: ${method.id}`);
    }
  }

  const server: FakeMeetingServer = {
    settings: { clientId: keys.clientId, clientSecret: keys.clientSecret, room },
    secrets: [keys.clientSecret],
    account: { ref: '109315', label: 'ana@example.com', scopes },
    accessToken(rejected) {
      if (rejected === current) current = auth.connect('ana@example.com', scopes).accessToken;
      return current;
    },
    rooms: () => (room === 'event' ? calendar.ids() : meet.names()),
    attend(ref) {
      const code = room === 'event' ? calendar.get(ref)?.conferenceData?.conferenceId : meet.space(ref)?.meetingCode;
      const stay = (from: string, to: string) => ({
        ...{ user: 'users/1093', name: 'Ana Núñez' },
        ...{ startTime: `2026-03-20T${from}:00Z`, endTime: `2026-03-20T${to}:00Z` },
      });
      meet.attend(code ?? '', [stay('10:58', '11:20'), stay('11:22', '12:00')]);
    },
    failNext(next) {
      fault = next;
    },
    async fetch(url, init) {
      const method = init.method ?? 'GET';
      calls.push({ method, url });
      if (refusing > 0 && !auth.serves(url)) {
        refusing -= 1;
        return refusal(401, 'authError', `Invalid Credentials ${keys.clientSecret}`);
      }
      if (fault === 'reply_lost' && method === 'GET') return answer(url, init);
      const now_ = fault;
      fault = undefined;
      switch (now_) {
        case 'unauthorised':
          // Another token is no better; a client that is not known has no token to try again with.
          refusing = auth.serves(url) ? 0 : 1;
          return refusal(401, 'authError', `Invalid Credentials ${keys.clientSecret}`);
        case 'token_ended':
          auth.endAccess();
          return answer(url, init);
        case 'rate_limited':
          return refusal(403, 'rateLimitExceeded', 'Rate Limit Exceeded');
        case 'unavailable':
          return refusal(503, 'backendError', 'Backend Error');
        case 'malformed':
          return Response.json({ kind: 'calendar#surprise' });
        case 'html':
          return new Response('<html>Please sign in</html>', { headers: { 'content-type': 'text/html' } });
        case 'half':
          return new Response('{"kind": "calendar#ev', { headers: { 'content-type': 'application/json' } });
        case 'reply_lost':
          await answer(url, init);
          throw new TypeError('fetch failed');
        default:
          return answer(url, init);
      }
    },
  };
  return { ...server, auth, calendar, meet, calls };
}
