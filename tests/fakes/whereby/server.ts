import { createHmac } from 'node:crypto';
import type { FakeMeetingServer } from '#plugins/contract/testing/index.ts';
import { meetingFaults } from '../meeting-faults.ts';

export const wherebyKey = 'canary-whereby-key-42';
export const wherebySecret = 'canary-whereby-hook-17';

interface Meeting {
  meetingId: string;
  roomName: string;
  roomUrl: string;
  startDate: string;
  endDate: string;
}

/** Fewer than it really gives, so that a list has pages. */
const PAGE = 3;

/** Whereby Embedded as its documentation tells it: rooms by a POST that makes another each time, and signed events. */
export function wherebyServer(): FakeMeetingServer & ReturnType<typeof meetingFaults> {
  const meetings = new Map<string, Meeting>();
  const faults = meetingFaults(wherebyKey);
  let made = 0;
  const now = new Date('2026-03-20T12:00:00Z');

  function create(body: Record<string, unknown>): Response {
    const { endDate, roomNamePrefix = '', roomMode = 'normal', fields = [] } = body;
    const bad = (error: string) => Response.json({ error }, { status: 400 });
    if (typeof endDate !== 'string' || !(Date.parse(endDate) >= now.getTime())) return bad('endDate must be in the future');
    if (!/^[a-z0-9-]{0,39}$/.test(String(roomNamePrefix))) return bad('roomNamePrefix is not valid');
    if (!['normal', 'group'].includes(String(roomMode))) return bad('roomMode is not valid');
    made += 1;
    const roomName = `/${roomNamePrefix}${made}f0e1d2c-0000-4000-8000-000000000000`;
    const meeting = {
      meetingId: String(10_000 + made),
      roomName,
      roomUrl: `https://elm.whereby.com${roomName}`,
      startDate: now.toISOString(),
      endDate: new Date(endDate).toISOString(),
    };
    meetings.set(meeting.meetingId, meeting);
    return Response.json(withFields(meeting, (fields as string[]).join(',')), { status: 201 });
  }

  function act(method: string, url: URL, init: RequestInit): Response {
    const id = /^\/v1\/meetings\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method === 'GET' && url.pathname === '/v1/meetings') {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const results = [...meetings.values()].slice(from, from + PAGE);
      return Response.json({ results, ...(from + PAGE < meetings.size ? { cursor: String(from + PAGE) } : {}) });
    }
    if (method === 'POST' && url.pathname === '/v1/meetings') return create(JSON.parse(String(init.body)));
    const meeting = id && meetings.get(id);
    if (id && !meeting) return Response.json({ error: 'Meeting not found' }, { status: 404 });
    if (meeting && method === 'GET') return Response.json(withFields(meeting, url.searchParams.get('fields') ?? ''));
    if (id && method === 'DELETE') {
      meetings.delete(id);
      return new Response(null, { status: 204 });
    }
    throw new Error(`unexpected request: ${method} ${url}`);
  }

  return {
    ...faults,
    settings: { apiKey: wherebyKey, webhookSecret: wherebySecret },
    secrets: [wherebyKey, wherebySecret],
    rooms: () => [...meetings.keys()],
    async fetch(url, init) {
      const method = init.method ?? 'GET';
      return faults.answer(method, () => {
        if (url.origin !== 'https://api.whereby.dev') throw new Error(`unexpected request: ${url}`);
        const key = new Headers(init.headers).get('authorization');
        return key === `Bearer ${wherebyKey}`
          ? act(method, url, init)
          : Response.json({ error: 'Access token is missing or invalid' }, { status: 401 });
      });
    },
    webhooks(ref, sentAt) {
      return ['joined', 'left', 'joined', 'left'].map((what, index) => {
        const body = JSON.stringify({
          id: `ev-${ref}-${index}`,
          apiVersion: '1.0',
          createdAt: new Date(sentAt.getTime() - (4 - index) * 600_000).toISOString(),
          type: `room.client.${what}`,
          data: {
            ...{
              meetingId: ref,
              roomName: '/a',
              roomSessionId: null,
              subdomain: 'elm',
              participantId: 'p-ana',
              displayName: 'Ana',
            },
            ...{ externalId: 'u1', metadata: null, roleName: 'host', numClients: 1 },
          },
        });
        return { headers: { 'whereby-signature': wherebySignature(body, sentAt) }, rawBody: Buffer.from(body) };
      });
    },
  };
}

export function wherebySignature(body: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1_000);
  return `t=${t},v1=${createHmac('sha256', wherebySecret).update(`${t}.${body}`).digest('hex')}`;
}

function withFields(meeting: Meeting, fields: string): Record<string, string> {
  return { ...meeting, ...(fields.includes('hostRoomUrl') ? { hostRoomUrl: `${meeting.roomUrl}?roomKey=host` } : {}) };
}
