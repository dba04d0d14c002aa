import { createHmac, timingSafeEqual } from 'node:crypto';
import { definePlugin, type MeetingEvent, type MeetingProvider, PluginError, secret, z } from '#plugins/contract/index.ts';

export const hookSecret = 'canary-hook-71b0';

const told = z.object({
  id: z.string(),
  fact: z.enum(['hello', 'started', 'ended', 'gone', 'joined', 'left']),
  ref: z.string().default(''),
  at: z.string().default('2026-03-02T00:00:00Z'),
  person: z.object({ key: z.string(), name: z.string(), email: z.string().nullable(), userId: z.string().nullable() }).optional(),
});
const stay = z.object({ key: z.string(), name: z.string(), from: z.string(), to: z.string().nullable() });

/** A provider that tells who comes and goes, by events and by a report: rooms are only names. */
export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-telling',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Telling Rooms',
  description: 'Rooms that tell who came and went.',
  config: z.object({ hookSecret: secret('Secret of the events') }),
  configVersion: 1,
  capabilities: {
    ...{ provisioning: 'static', create: 'idempotent', links: 'shared', attendance: 'webhook', auth: 'install' },
    ...{ instant: true, recording: false, maxParticipants: null },
  },
  hosts: ['api.telling.example'],
  create: (settings): MeetingProvider => ({
    async provision(_ctx, want) {
      return { state: 'ready', ref: want.code, joinUrl: `https://telling.example/${want.code}` };
    },
    async release() {},
    async joinUrl(_ctx, have) {
      return have.joinUrl ?? undefined;
    },
    async attendance(ctx, have) {
      const response = await ctx.http(`https://api.telling.example/rooms/${have.ref}/report`);
      if (!response.ok) throw new PluginError('unavailable', 'There is no report yet.');
      return z
        .array(stay)
        .parse(await response.json())
        .map(({ key, name, from, to }) => ({
          person: { key, name, email: null, userId: null },
          ...{ joinedAt: new Date(from), leftAt: to === null ? null : new Date(to) },
        }));
    },
    webhook({ headers, rawBody }) {
      const wanted = sign(settings.hookSecret, rawBody);
      const given = Buffer.from(headers['x-telling'] ?? '', 'hex');
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
        return { ok: false, status: 401, message: 'The signature is not ours.' };
      const { id, fact, ref, at, person } = told.parse(JSON.parse(Buffer.from(rawBody).toString('utf8')));
      if (fact === 'hello') return { ok: true, events: [], reply: { contentType: 'application/json', body: '{"hello":true}' } };
      const event = { key: id, type: fact, ref, at: new Date(at) };
      const events = person ? [{ ...event, fact, person } as MeetingEvent] : [{ ...event, fact } as MeetingEvent];
      return { ok: true, events };
    },
  }),
});

const sign = (key: string, body: Uint8Array) => createHmac('sha256', key).update(body).digest();

export const signed = (body: object) => {
  const rawBody = JSON.stringify(body);
  return { rawBody, headers: { 'x-telling': sign(hookSecret, Buffer.from(rawBody)).toString('hex') } };
};
