import { definePlugin, type MeetingProvider, z } from '#plugins/contract/index.ts';

const config = z.object({
  baseUrl: z
    .url({
      protocol: /^https$/,
      hostname: z.regexes.domain,
      error: 'Enter an address that starts with https://, like https://meet.example.com.',
    })
    .default('https://meet.jit.si')
    .meta({
      title: 'Jitsi server',
      description: 'Your own server, or the public one. Rooms that exist already keep their address.',
    }),
});

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-jitsi',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Jitsi Meet',
  description:
    'A room of its own for every session, on the public Jitsi server or on yours. No account is needed: the room is there as soon as somebody enters it, and its name can’t be guessed. The public server asks whoever enters first to sign in; your own need not.',
  config,
  configVersion: 1,
  capabilities: {
    provisioning: 'static',
    create: 'idempotent',
    links: 'shared',
    attendance: 'none',
    auth: 'none',
    instant: true,
    recording: false,
    maxParticipants: null,
  },
  hosts: [],
  create: ({ baseUrl }): MeetingProvider => ({
    async provision(_ctx, want, have) {
      // A room that was handed out stays the room: the link is in people's calendars.
      if (have.ref && have.joinUrl) return { state: 'ready', ref: have.ref, joinUrl: have.joinUrl };
      const room = `lectern-${want.code}`;
      const base = new URL(baseUrl);
      base.pathname = `${base.pathname.replace(/\/+$/, '')}/${room}`;
      base.search = '';
      base.hash = '';
      return { state: 'ready', ref: room, joinUrl: base.href };
    },

    // A Jitsi room ends when the last person leaves it.
    async release() {},

    async joinUrl(_ctx, have, who) {
      if (!have.joinUrl) return undefined;
      const url = new URL(have.joinUrl);
      url.hash = `userInfo.displayName=${encodeURIComponent(JSON.stringify(who.name))}`;
      return url.href;
    },
  }),
});
