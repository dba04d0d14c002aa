import { refusal, type ZoomToken } from './tokens.ts';

interface Meeting {
  id: number;
  host: string;
  topic: string;
  agenda: string;
  start_time: string;
  duration: number;
  timezone: string;
  settings: Record<string, unknown>;
}

interface Stay {
  join_time: string;
  leave_time: string;
  status: string;
}

const PER_DAY = 100;
const refuse = (...fields: string[]) =>
  Response.json(
    { code: 300, message: 'Validation Failed.', errors: fields.map((field) => ({ field, message: 'Invalid field.' })) },
    { status: 400 },
  );

/** What is wrong with a meeting as it was sent; empty where nothing is. */
function wrongFields(body: Partial<Meeting> & { type?: unknown }): string[] {
  const wrong: string[] = [];
  if (typeof body.topic !== 'string' || body.topic === '' || body.topic.length > 200) wrong.push('topic');
  if (body.type !== 2) wrong.push('type');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(body.start_time ?? '')) wrong.push('start_time');
  if (!Number.isInteger(body.duration) || (body.duration ?? 0) < 1) wrong.push('duration');
  if (body.timezone && !Intl.supportedValuesOf('timeZone').includes(body.timezone)) wrong.push('timezone');
  if ((body.agenda ?? '').length > 2_000) wrong.push('agenda');
  const { settings = {} } = body;
  if (settings.jbh_time !== undefined && ![0, 5, 10].includes(Number(settings.jbh_time))) wrong.push('settings.jbh_time');
  return wrong;
}

/** api.zoom.us/v2: users, their meetings, and who was there. */
export function zoomMeetings({ users, now }: { users: readonly string[]; now: () => Date }) {
  const meetings = new Map<string, Meeting>();
  const reports = new Map<string, Stay[]>();
  const changes = new Map<string, number>();
  let number = 85_710_000_000;

  const shown = (meeting: Meeting) => ({
    ...meeting,
    type: 2,
    host: undefined,
    host_email: meeting.host,
    host_id: `user-${meeting.host.split('@')[0]}`,
    status: 'waiting',
    join_url: `https://us02web.zoom.us/j/${meeting.id}?pwd=p${meeting.id}`,
    password: `p${meeting.id}`,
  });
  const startUrl = (meeting: Meeting) => `https://us02web.zoom.us/s/${meeting.id}?zak=canary-zak-${meeting.id}`;

  /** Counts one more change for a user and day, or says that there are no more. */
  function overLimit(user: string): Response | undefined {
    const day = now().toISOString().slice(0, 10);
    const count = (changes.get(`${user} ${day}`) ?? 0) + 1;
    changes.set(`${user} ${day}`, count);
    if (count <= PER_DAY) return undefined;
    const tomorrow = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().replace('.000', '');
    const message = `You have exceeded the daily rate limit (${PER_DAY}) of Meeting Create/Update API requests permitted for this user.`;
    const headers = { 'x-ratelimit-category': 'Light', 'x-ratelimit-type': 'Daily-limit', 'retry-after': tomorrow };
    return Response.json({ code: 429, message }, { status: 429, headers });
  }

  function bodyOf(init: RequestInit): Record<string, unknown> | undefined {
    if (!new Headers(init.headers).get('content-type')?.startsWith('application/json')) return undefined;
    return JSON.parse(String(init.body)) as Record<string, unknown>;
  }

  function ofUser(method: string, user: string, query: URLSearchParams, init: RequestInit): Response {
    if (method === 'POST') {
      const body = bodyOf(init) as unknown as (Partial<Meeting> & { type?: unknown }) | undefined;
      if (!body) return refusal(415, 415, 'Unsupported Media Type');
      const wrong = wrongFields(body);
      if (wrong.length > 0) return refuse(...wrong);
      const limited = overLimit(user);
      if (limited) return limited;
      number += 1;
      const meeting = { agenda: '', settings: {}, ...body, id: number, host: user } as Meeting;
      meetings.set(String(number), meeting);
      return Response.json({ ...shown(meeting), start_url: startUrl(meeting) }, { status: 201 });
    }
    if (method !== 'GET') throw new Error(`unexpected request: ${method} of meetings`);
    const size = Number(query.get('page_size') ?? 30);
    if (size > 300 || !['scheduled', 'live', 'upcoming', null].includes(query.get('type'))) return refuse('page_size');
    const all = [...meetings.values()].filter((meeting) => meeting.host === user);
    // Pages of ten, so that who reads only the first is found out.
    const from = Number(query.get('next_page_token') ?? 0);
    const page = all.slice(from, from + 10).map((meeting) => ({ ...shown(meeting), agenda: meeting.agenda.slice(0, 250) }));
    const next = from + 10 < all.length ? String(from + 10) : '';
    return Response.json({ page_size: size, total_records: all.length, next_page_token: next, meetings: page });
  }

  function ofMeeting(method: string, id: string, init: RequestInit, mine: (host: string) => boolean): Response {
    const meeting = meetings.get(id);
    if (!meeting || !mine(meeting.host)) return refusal(404, 3001, `Meeting does not exist: ${id}.`);
    if (method === 'GET') return Response.json({ ...shown(meeting), start_url: startUrl(meeting) });
    if (method === 'DELETE') {
      meetings.delete(id);
      return new Response(null, { status: 204 });
    }
    if (method !== 'PATCH') throw new Error(`unexpected request: ${method} of a meeting`);
    const body = bodyOf(init);
    if (!body) return refusal(415, 415, 'Unsupported Media Type');
    const changed = { ...meeting, ...body } as Meeting;
    const wrong = wrongFields({ type: 2, ...changed });
    if (wrong.length > 0) return refuse(...wrong);
    const limited = overLimit(meeting.host);
    if (limited) return limited;
    meetings.set(id, changed);
    return new Response(null, { status: 204 });
  }

  function report(id: string): Response {
    const stays = reports.get(id);
    if (!stays) return refusal(404, 3001, `Meeting does not exist: ${id}.`);
    const participants = stays.map((stay) => ({
      ...{ id: 'user-ana', user_id: '16778240', name: 'Ana Núñez', user_email: 'ana@example.com', duration: 60, ...stay },
    }));
    return Response.json({ page_size: 300, total_records: stays.length, next_page_token: '', participants });
  }

  return {
    ids: () => [...meetings.keys()],
    get: (id: string) => meetings.get(id) as Record<string, unknown> | undefined,
    remove: (id: string) => meetings.delete(id),
    attend(id: string) {
      const at = (minute: number) => new Date(Date.parse('2026-03-28T15:00:00Z') + minute * 60_000).toISOString();
      reports.set(id, [
        { join_time: at(-4), leave_time: at(-2), status: 'in_waiting_room' },
        { join_time: at(-2), leave_time: at(20), status: 'in_meeting' },
        { join_time: at(22), leave_time: at(60), status: 'in_meeting' },
      ]);
    },

    answer(method: string, path: string, query: URLSearchParams, init: RequestInit, token: ZoomToken): Response {
      const needs = (scope: string) => {
        const name = token.user === null ? `${scope}:admin` : scope;
        return token.scopes.includes(name)
          ? undefined
          : refusal(400, 4711, `Invalid access token, does not contain scopes:[${name}].`);
      };
      const [, kind, id = '', what] = path.split('/').map(decodeURIComponent);
      const user = id === 'me' ? (token.user ?? users[0] ?? '') : id;
      const isMine = (host: string) => token.user === null || token.user === host;
      if (kind === 'users' && !users.includes(user)) return refusal(404, 1001, `User does not exist: ${user}.`);
      if (kind === 'users' && !isMine(user))
        return refusal(400, 4711, 'Invalid access token, does not contain scopes:[user:read:user:admin].');
      if (kind === 'users' && !what && method === 'GET') {
        return needs('user:read:user') ?? Response.json({ id: `user-${user.split('@')[0]}`, email: user });
      }
      if (kind === 'users' && what === 'meetings') {
        return (
          needs(method === 'POST' ? 'meeting:write:meeting' : 'meeting:read:list_meetings') ?? ofUser(method, user, query, init)
        );
      }
      if (kind === 'meetings' && !what) {
        const verb = { GET: 'read', PATCH: 'update', DELETE: 'delete' }[method] ?? 'write';
        return needs(`meeting:${verb}:meeting`) ?? ofMeeting(method, id, init, isMine);
      }
      const [, , , meetingId = '', participants] = path.split('/');
      if (kind === 'report' && id === 'meetings' && participants === 'participants' && method === 'GET') {
        return needs('report:read:list_meeting_participants') ?? report(meetingId);
      }
      throw new Error(`unexpected request: ${method} ${path}`);
    },
  };
}
