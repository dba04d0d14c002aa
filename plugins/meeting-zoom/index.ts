import {
  definePlugin,
  isPluginError,
  type MeetingCapabilities,
  type MeetingContext,
  type MeetingProvider,
  PluginError,
  unlessGone,
} from '#plugins/contract/index.ts';
import { readReport, readWebhook } from './attendance.ts';
import { checkSettings, companyScopes, reportScope, whoAmI } from './check.ts';
import { companyToken } from './client.ts';
import { createMeeting, deleteMeeting, findMeeting, getMeeting, isHostedBy, noEmail, updateMeeting } from './meetings.ts';
import { config, type ZoomSettings } from './settings.ts';

const code = (text: string) => `\`${text}\``;

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-zoom',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Zoom',
  description:
    'A Zoom meeting of its own for every session, made when it is booked, moved and deleted with it. It runs on the company’s account, whose users the tutors are, or on accounts that tutors connect themselves. The tutor enters as the host.',
  config,
  configVersion: 1,
  capabilities: {
    provisioning: 'ahead',
    create: 'reconcile',
    links: 'shared',
    attendance: 'webhook',
    auth: 'either',
    instant: true,
    recording: true,
    maxParticipants: 100,
  },
  capabilitiesWith: ({ account, webhookSecret }): Partial<MeetingCapabilities> => ({
    auth: account === 'company' ? 'install' : account === 'tutors' ? 'per_tutor' : 'either',
    attendance: webhookSecret ? 'webhook' : account === 'tutors' ? 'none' : 'poll',
  }),
  hosts: ['api.zoom.us', 'zoom.us'],
  oauth: {
    authorizeUrl: 'https://zoom.us/oauth/authorize',
    tokenUrl: 'https://zoom.us/oauth/token',
    revokeUrl: 'https://zoom.us/oauth/revoke',
    scopes: [
      { scope: 'meeting:write:meeting', why: 'to make a meeting for each of your online sessions' },
      { scope: 'meeting:update:meeting', why: 'to move the meeting when the session moves' },
      { scope: 'meeting:delete:meeting', why: 'to delete the meeting when the session is cancelled' },
      { scope: 'meeting:read:meeting', why: 'to let you in as the host' },
      { scope: 'meeting:read:list_meetings', why: 'to find a meeting again, so that none is made twice' },
      { scope: 'user:read:user', why: 'to show which account is connected' },
    ],
    client: ({ tutorClientId, tutorClientSecret }) =>
      tutorClientId && tutorClientSecret ? { id: tutorClientId, secret: tutorClientSecret } : undefined,
    clientAuth: 'basic',
    identify: whoAmI,
  },
  installToken: async (ctx, { accountId, clientId, clientSecret }) => {
    if (!accountId || !clientId || !clientSecret) {
      throw new PluginError('auth_expired', 'The company has no account at Zoom here: the tutor has to connect one.');
    }
    return companyToken(ctx, { id: clientId, secret: clientSecret }, accountId);
  },
  check: checkSettings,
  guide: {
    steps: [
      'For the company’s account: sign in at marketplace.zoom.us as its administrator, Develop, Build App, Server-to-Server OAuth App.',
      `Give it these scopes: ${[...companyScopes, reportScope].map(([scope]) => code(scope)).join(', ')}. Activate it, and copy account ID, client ID and client secret.`,
      'For tutors’ own accounts: Build App, General App, user-managed. Enter this as the OAuth redirect URL and in its allow list: {callbackUrl}',
      `Give it the scopes ${['meeting:write:meeting', 'meeting:update:meeting', 'meeting:delete:meeting', 'meeting:read:meeting', 'meeting:read:list_meetings', 'user:read:user'].map(code).join(', ')}, and copy client ID and client secret.`,
      'To see who came and when: in the app, Feature, Access, copy the secret token, enter it below and save. Then add an event subscription for all users in the account with this address: {webhookUrl}',
      `Let it send ${['meeting.started', 'meeting.ended', 'meeting.deleted', 'meeting.participant_joined', 'meeting.participant_left'].map(code).join(', ')}, and press Validate.`,
      'Save, press Check, enable it, and book a session with it.',
    ],
    unproven: 'Not yet run against a live account: it is held against a copy of Zoom’s documented rules.',
  },
  create: (settings): MeetingProvider => ({
    provision: (ctx, want, have) => provision(ctx, settings, want, have),

    async findByCode(ctx, want) {
      const found = await findMeeting(ctx, want);
      return found && { ref: found.id, joinUrl: found.join_url };
    },

    async release(ctx, have) {
      if (have.ref) await unlessGone(deleteMeeting(ctx, have.ref));
    },

    async joinUrl(ctx, have, who, window) {
      if (who.role !== 'host' || !have.ref) return have.joinUrl ?? undefined;
      // Good for two hours, and makes whoever has it the host: fetched at the click, given to nobody else, never stored.
      const meeting = await getMeeting(ctx, have.ref).catch((error: unknown) => {
        if (!isPluginError(error) || !have.joinUrl) throw error;
        ctx.log('the host enters by the link for all', { code: error.code });
        return undefined;
      });
      if (!meeting || !isHostedBy(ctx, window.tutor, meeting)) return have.joinUrl ?? meeting?.join_url;
      return meeting.start_url ?? meeting.join_url;
    },

    // Reports are for the company's account alone.
    ...(settings.account === 'tutors'
      ? {}
      : { attendance: async (ctx, have) => (have.ref && !ctx.account ? readReport(ctx, have.ref) : []) }),
    ...(settings.webhookSecret ? { webhook: (request) => readWebhook(request, settings.webhookSecret ?? '') } : {}),
    ...(settings.account === 'company' ? { missingFor: (tutor) => (tutor.email ? undefined : noEmail(tutor)) } : {}),
  }),
});

type Provision = MeetingProvider['provision'];

async function provision(
  ctx: MeetingContext,
  settings: ZoomSettings,
  want: Parameters<Provision>[1],
  have: Parameters<Provision>[2],
) {
  const known = have.ref ? await unlessGone(getMeeting(ctx, have.ref)) : undefined;
  if (known && isHostedBy(ctx, want.tutor, known)) {
    await updateMeeting(ctx, known, want, settings);
    return { state: 'ready' as const, ref: known.id, joinUrl: known.join_url };
  }
  const found = await findMeeting(ctx, want);
  if (found) await updateMeeting(ctx, await getMeeting(ctx, found.id), want, settings);
  const meeting = found ?? (await createMeeting(ctx, want, settings));
  // The former host's: they could start it, and the new one couldn't.
  if (known && known.id !== meeting.id) await unlessGone(deleteMeeting(ctx, known.id));
  return { state: 'ready' as const, ref: meeting.id, joinUrl: meeting.join_url };
}
