import { definePlugin, type MeetingContext, type MeetingProvider, z } from '#plugins/contract/index.ts';
import { readRecords } from './attendance.ts';
import { checkSettings, TOKEN } from './check.ts';
import { callGoogle, read } from './client.ts';
import { isEvent, provisionEvent, releaseEvent } from './events.ts';
import { config, type GoogleSettings } from './settings.ts';
import { isSpace, provisionSpace, releaseSpace } from './spaces.ts';

const USER = 'https://www.googleapis.com/oauth2/v3/userinfo';
const scope = (name: string, why: string) => ({ scope: `https://www.googleapis.com/auth/${name}`, why });

const who = scope('userinfo.email', 'to show which account is connected');
const scopesFor = ({ room }: Pick<GoogleSettings, 'room'>) =>
  room === 'event'
    ? [
        scope(
          'calendar.events.owned',
          'to put each of your online sessions into your calendar with a Meet link, and to move or delete it',
        ),
        scope('meetings.space.readonly', 'to see who was in the room and when, once a session is over'),
        who,
      ]
    : [scope('meetings.space.created', 'to make a Meet room for each of your online sessions, and to see who was there'), who];

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-google',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Google Meet',
  description:
    'A Google Meet room for every session, on the account that the tutor connects, free ones included. The tutor enters as the host. It needs an OAuth client in a Google Cloud project of the company. Google’s free accounts end calls of three people or more after an hour.',
  config,
  configVersion: 1,
  capabilities: {
    provisioning: 'ahead',
    create: 'idempotent',
    links: 'shared',
    attendance: 'poll',
    auth: 'per_tutor',
    instant: true,
    recording: false,
    maxParticipants: 100,
  },
  hosts: ['meet.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com'],
  oauth: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN,
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: scopesFor,
    client: ({ clientId, clientSecret }) => ({ id: clientId, secret: clientSecret }),
    clientAuth: 'post',
    // Without them Google gives a refresh token at the first consent alone, or none.
    authorizeParams: { access_type: 'offline', prompt: 'consent' },
    async identify(ctx: MeetingContext) {
      const { sub, email } = await read(z.object({ sub: z.string(), email: z.string() }), await callGoogle(ctx, USER));
      return { ref: sub, label: email };
    },
  },
  check: checkSettings,
  guide: {
    steps: [
      'Open console.cloud.google.com and make a project for the company, or choose one.',
      'APIs & Services, Library: enable the Google Meet REST API and, for rooms with a calendar entry, the Google Calendar API.',
      'Google Auth Platform: give the app the company’s name. With Google Workspace choose Internal; otherwise External, and publish it: while it is in Testing, every connection ends after 7 days.',
      `Data Access: add ${[...scopesFor({ room: 'event' }).slice(0, 2)].map((one) => `\`${one.scope}\``).join(' and ')} for rooms with a calendar entry, or \`https://www.googleapis.com/auth/meetings.space.created\` for plain rooms.`,
      'Clients, Create client, Web application. Enter this as the authorised redirect URI: {callbackUrl}',
      'Copy client ID and client secret, enter them below, save, and press Check.',
      'Enable it, and ask the tutors to connect their accounts under Settings.',
    ],
    unproven: 'Not yet run against a live account: its requests are checked against Google’s own description of the interface.',
  },
  create: (settings): MeetingProvider => ({
    provision: (ctx, want, have) =>
      settings.room === 'event' ? provisionEvent(ctx, want, have) : provisionSpace(ctx, settings, have),
    async release(ctx, have) {
      // As it was made, whatever the settings say now.
      if (have.ref && isEvent(have.ref)) return releaseEvent(ctx, have.ref);
      if (have.ref && isSpace(have.ref)) return releaseSpace(ctx, have.ref);
    },
    async joinUrl(ctx, { joinUrl }, { role }) {
      if (!joinUrl || role !== 'host' || !ctx.account) return joinUrl ?? undefined;
      // A browser that is signed in to several accounts enters with the one whose room it is.
      const url = new URL(joinUrl);
      url.searchParams.set('authuser', ctx.account.label);
      return url.href;
    },
    attendance: readRecords,
  }),
});
