import {
  type CheckResult,
  definePlugin,
  isPluginError,
  type MeetingCapabilities,
  type MeetingContext,
  type MeetingProvider,
} from '#plugins/contract/index.ts';
import { config, type JitsiSettings } from './settings.ts';
import { privateKeyOf, type TokenMaker, tokenFor } from './token.ts';

const JAAS = 'https://8x8.vc';

/** The address that rooms stand below. */
function baseOf({ entry, baseUrl, appId }: JitsiSettings): URL {
  return new URL(entry === 'jaas' ? `${JAAS}/${encodeURIComponent(appId ?? '')}` : baseUrl);
}

function roomUrl(settings: JitsiSettings, room: string): URL {
  const base = baseOf(settings);
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/${room}`;
  base.search = '';
  base.hash = '';
  return base;
}

function makerOf({
  entry,
  appId = '',
  appSecret = '',
  keyId = '',
  privateKey = '',
  baseUrl,
}: JitsiSettings): TokenMaker | undefined {
  if (entry === 'secret') {
    const signer = { alg: 'HS256', key: new TextEncoder().encode(appSecret) } as const;
    return { issuer: appId, subject: new URL(baseUrl).hostname, signer };
  }
  if (entry === 'jaas') {
    // 8x8 shows the key's id alone or behind the app's.
    const kid = keyId.includes('/') ? keyId : `${appId}/${keyId}`;
    return { issuer: 'chat', subject: appId, signer: { alg: 'RS256', key: privateKeyOf(privateKey), kid } };
  }
  return undefined;
}

/** Every Jitsi server has this script; whether it accepts the secret it says to whoever enters, and to nobody else. */
async function check(ctx: MeetingContext, settings: JitsiSettings): Promise<CheckResult> {
  const script = roomUrl(settings, 'external_api.js');
  try {
    const response = await ctx.http(script);
    const found = response.ok && (await response.text()).includes('JitsiMeetExternalAPI');
    if (!found) return { ok: false, message: `There is no Jitsi at ${script.host}: it answers, but not as one.` };
    const then =
      settings.entry === 'open' ? '' : ' Whether it takes the tokens shows when somebody enters: join a session to see.';
    return { ok: true, message: `Jitsi answers at ${script.host}.${then}` };
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return { ok: false, message: error.publicMessage };
  }
}

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-jitsi',
  apiVersion: 1,
  version: '1.1.0',
  name: 'Jitsi Meet',
  description:
    'A room of its own for every session, on the public Jitsi server, on yours, or at 8x8. No account is needed for the first two: the room is there as soon as somebody enters it, and its name can’t be guessed. The public server asks whoever enters first to sign in; your own need not. With tokens nobody enters but by Join.',
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
  capabilitiesWith: ({ entry }): Partial<MeetingCapabilities> =>
    entry === 'open' ? {} : { links: 'per_person', auth: 'install' },
  hosts: (settings) => [baseOf(settings).host],
  check,
  guide: {
    steps: [
      'With the public server, meet.jit.si, there is nothing to do.',
      'On a server of your own, let in only who has a token: set up its JWT authentication with an `app_id` and an `app_secret`, and enter both below. Tokens are signed with HS256; the audience is `jitsi`, the subject the server’s name.',
      'At 8x8: sign in at jaas.8x8.vc, API Keys, add a key, keep its private key, and enter app ID, key ID and private key below.',
    ],
    unproven: 'Tokens are not yet run against a live server: they are held against what Jitsi and 8x8 document.',
  },
  create: (settings): MeetingProvider => {
    const maker = makerOf(settings);
    return {
      async provision(_ctx, want, have) {
        // A room that was handed out stays the room: the link is in people's calendars.
        if (have.ref && have.joinUrl) return { state: 'ready', ref: have.ref, joinUrl: have.joinUrl };
        const room = `lectern-${want.code}`;
        return { state: 'ready', ref: room, ...(maker ? {} : { joinUrl: roomUrl(settings, room).href }) };
      },

      // A Jitsi room ends when the last person leaves it.
      async release() {},

      async joinUrl(ctx, have, who, window) {
        if (!have.ref) return have.joinUrl ?? undefined;
        const here = roomUrl(settings, have.ref);
        const url = have.joinUrl ? new URL(have.joinUrl) : here;
        // A token is for the server of the settings alone, not for the one a room was once handed out at.
        if (maker && url.origin === here.origin) {
          here.searchParams.set('jwt', await tokenFor(maker, have.ref, who, window, ctx.now()));
          return here.href;
        }
        url.hash = `userInfo.displayName=${encodeURIComponent(JSON.stringify(who.name))}`;
        return url.href;
      },
    };
  },
});
