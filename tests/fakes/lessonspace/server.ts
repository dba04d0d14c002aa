import type { FakeMeetingServer } from '#plugins/contract/testing/index.ts';
import { meetingFaults } from '../meeting-faults.ts';

export const lessonspaceKey = 'canary-organisation-7c1e';

interface Space {
  room: string;
  notAfter: string | undefined;
}

/** Lessonspace as its documentation tells it: one address launches a space, makes it where it is not, and leads one person in. */
export function lessonspaceServer(): FakeMeetingServer & ReturnType<typeof meetingFaults> {
  const spaces = new Map<string, Space>();
  const faults = meetingFaults(lessonspaceKey);

  function launch(body: Record<string, unknown>): Response {
    const { id, user, timeouts } = body as {
      id?: unknown;
      user?: Record<string, unknown>;
      timeouts?: { not_before?: string; not_after?: string };
    };
    if (typeof id !== 'string' || id === '') return Response.json({ id: ['This field is required.'] }, { status: 400 });
    if (id.length > 64) return Response.json({ id: ['Ensure this field has no more than 64 characters.'] }, { status: 400 });
    for (const time of Object.values(timeouts ?? {})) {
      if (Number.isNaN(Date.parse(String(time)))) return refused('Datetime has wrong format.');
    }
    if (timeouts?.not_before && timeouts.not_after && timeouts.not_before >= timeouts.not_after)
      return refused('It ends before it begins.');
    if (user) {
      if (typeof user.id !== 'string' || typeof user.name !== 'string') return refused('A user has an id and a name.');
      if (!['teacher', 'student'].includes(String(user.role))) return refused('The role is not one.');
      if (typeof user.leader !== 'boolean') return refused('leader must be a boolean.');
      if ('email' in user && !/^\S+@\S+$/.test(String(user.email))) return refused('Enter a valid email address.');
    }
    const known = spaces.get(id);
    const space = known ?? { room: `r${spaces.size + 1}`, notAfter: undefined };
    spaces.set(id, { ...space, notAfter: timeouts?.not_after ?? space.notAfter });
    const pass = encodeURIComponent(JSON.stringify({ user: user?.id ?? null, leader: user?.leader ?? false }));
    const reply = {
      client_url: `https://www.thelessonspace.com/space/${space.room}?jwt=${pass}`,
      api_base: 'https://room.sh',
      room_id: space.room,
      secret: 'space-secret',
      session_id: `s-${space.room}`,
    };
    return Response.json(reply, { status: known ? 200 : 201 });
  }

  return {
    ...faults,
    settings: { apiKey: lessonspaceKey },
    secrets: [lessonspaceKey],
    // A space can't be removed; one whose time is over can't be entered.
    rooms: () => [...spaces].flatMap(([id, { notAfter }]) => (notAfter && notAfter <= '2026-03-20T12:00:00.000Z' ? [] : [id])),
    async fetch(url, init) {
      const method = init.method ?? 'GET';
      const headers = new Headers(init.headers);
      return faults.answer(method, () => {
        if (url.origin !== 'https://api.thelessonspace.com') throw new Error(`unexpected request: ${url}`);
        if (headers.get('authorization') !== `Organisation ${lessonspaceKey}`)
          return Response.json({ detail: 'Invalid token.' }, { status: 401 });
        if (method === 'GET' && url.pathname === '/v2/my-organisation/') return Response.json({ id: 1, name: 'Elm Tutors' });
        if (method === 'POST' && url.pathname === '/v2/spaces/launch/' && headers.get('content-type') === 'application/json') {
          return launch(JSON.parse(String(init.body)));
        }
        throw new Error(`unexpected request: ${method} ${url}`);
      });
    },
  };
}

const refused = (detail: string) => Response.json({ detail }, { status: 400 });
