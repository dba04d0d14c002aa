import { definePlugin, type MeetingProvider, type OwnRoom, z } from '#plugins/contract/index.ts';
import { addressesIn, turnPassword } from './ice.ts';

/** After the end, for those who finish what they were at. */
const GRACE_MS = 60 * 60_000;

const addresses = (pattern: RegExp, example: string) =>
  z
    .string()
    .trim()
    .max(500)
    .refine((text) => addressesIn(text).every((address) => pattern.test(address)), {
      error: `Enter addresses like ${example}, several with commas between them.`,
    });

const config = z.object({
  stun: addresses(/^stuns?:[\w.:[\]-]+$/i, 'stun:stun.example.com:3478')
    .default('stun:stun.l.google.com:19302')
    .meta({
      title: 'STUN servers',
      description:
        'Tell two browsers behind routers how to reach each other. The default is Google’s public one, which learns the addresses of those who join and nothing else. Empty: only people in one network reach each other.',
    }),
  turn: addresses(/^turns?:[\w.:[\]-]+(\?transport=(udp|tcp))?$/i, 'turns:turn.example.com:5349?transport=tcp')
    .default('')
    .meta({
      title: 'TURN servers',
      description:
        'Carry picture and sound where two browsers can’t reach each other directly: in some offices, schools and mobile networks. A server of your own, coturn for example. Without one some people will see no picture of each other; whiteboard and chat work all the same.',
    }),
  turnSecret: z.string().trim().max(200).default('').meta({
    title: 'Secret of the TURN servers',
    secret: true,
    format: 'password',
    description: 'In coturn: `static-auth-secret`. Every person gets a password of their own that ends after the session.',
  }),
});

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-classroom',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Lectern classroom',
  description:
    'A room of our own for one tutor and one student: video, a shared whiteboard, chat and files, in the browser, with nothing to install and no account anywhere. It takes no groups. It does not record.',
  config,
  configVersion: 1,
  capabilities: {
    provisioning: 'static',
    create: 'idempotent',
    links: 'own',
    attendance: 'none',
    auth: 'none',
    instant: true,
    recording: false,
    maxParticipants: 2,
  },
  hosts: [],
  guide: {
    steps: [
      'Nothing has to be set up to begin: every online session for one student gets its room from here.',
      'For people behind strict firewalls run a TURN server, coturn for example, with `use-auth-secret` and a long `static-auth-secret`.',
      'Enter its addresses and the same secret here. With `turns:` on port 5349, or on 443, it gets through where little else does.',
    ],
  },
  create: ({ stun, turn, turnSecret }): MeetingProvider => ({
    async provision(_ctx, want, have) {
      return { state: 'ready', ref: have.ref ?? want.sessionId };
    },

    // The room is the session's; what was drawn in it stays with the session.
    async release() {},

    // Lectern shows it itself.
    async joinUrl() {
      return undefined;
    },

    ownRoom(who, window) {
      const iceServers: OwnRoom['iceServers'] = [];
      const [stuns, turns] = [addressesIn(stun), addressesIn(turn)];
      if (stuns.length > 0) iceServers.push({ urls: stuns });
      if (turns.length > 0) {
        const until = new Date(window.closesAt.getTime() + GRACE_MS);
        iceServers.push({ urls: turns, ...(turnSecret ? turnPassword(turnSecret, who.userId, until) : {}) });
      }
      return { iceServers };
    },
  }),
});
