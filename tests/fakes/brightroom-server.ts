import { createHmac } from 'node:crypto';
import type { FakeMeetingServer } from '#plugins/contract/testing/index.ts';
import { meetingFaults } from './meeting-faults.ts';

const apiKey = 'canary-key-of-brightroom';
const webhookSecret = 'canary-secret-of-brightroom';
const hostKey = 'canary-host';

interface Room {
  id: string;
  reference: string;
  title: string;
  starts: string;
  ends: string;
}

const isTime = (text: unknown) => typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(text);

/** Stands for the provider that docs/plugins.md describes: a room per reference, a host's link beside the guests', signed events. */
export function brightroomServer(): FakeMeetingServer {
  const rooms = new Map<string, Room>();
  const faults = meetingFaults(apiKey);
  let number = 0;

  const shown = ({ id }: Room) => ({
    room: { id, guest_url: `https://brightroom.example/${id}`, host_url: `https://brightroom.example/${id}?host=${hostKey}` },
  });

  function act(method: string, path: string, body: Partial<Room>): Response {
    const complete = Boolean(body.title) && isTime(body.starts) && isTime(body.ends);
    if (method === 'POST' && path === '/v1/rooms') {
      if (!body.reference || !complete) return Response.json({ message: 'A field is missing.' }, { status: 422 });
      const there = [...rooms.values()].find((room) => room.reference === body.reference);
      if (there) return Response.json(shown(there));
      number += 1;
      const room = { id: `room-${number}`, ...body } as Room;
      rooms.set(room.id, room);
      return Response.json(shown(room), { status: 201 });
    }
    const id = /^\/v1\/rooms\/([^/]+)$/.exec(path)?.[1] ?? '';
    if (id === '' || !['PATCH', 'DELETE'].includes(method)) throw new Error(`unexpected request: ${method} ${path}`);
    const room = rooms.get(id);
    if (!room) return Response.json({ message: 'No such room.' }, { status: 404 });
    if (method === 'DELETE') rooms.delete(id);
    else if (!complete) return Response.json({ message: 'A field is missing.' }, { status: 422 });
    else rooms.set(id, { ...room, ...body });
    return new Response(null, { status: 204 });
  }

  return {
    settings: { apiKey, webhookSecret },
    secrets: [apiKey, webhookSecret, hostKey],
    rooms: () => [...rooms.keys()],
    failNext: faults.failNext,
    webhooks: (ref, now) =>
      ['joined', 'left', 'joined', 'left'].map((what, index) => {
        const person = { id: 'p1', name: 'Ana Núñez', ...(index === 0 ? { email: 'ana@example.com' } : {}) };
        const at = new Date(now.getTime() + (index - 4) * 60_000).toISOString();
        const body = JSON.stringify({ id: `event-${index}`, type: `person.${what}`, room_id: ref, at, person });
        const t = Math.floor(now.getTime() / 1_000);
        const v1 = createHmac('sha256', webhookSecret).update(`${t}.${body}`).digest('hex');
        return { rawBody: Buffer.from(body), headers: { 'brightroom-signature': `t=${t},v1=${v1}` } };
      }),
    async fetch(url, { method = 'GET', headers, body }) {
      return faults.answer(method, () => {
        if (new Headers(headers).get('x-api-key') !== apiKey) return Response.json({}, { status: 401 });
        return act(method, url.pathname, typeof body === 'string' ? JSON.parse(body) : {});
      });
    },
  };
}
