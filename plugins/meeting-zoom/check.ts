import { type CheckResult, isPluginError, type MeetingContext, PluginError, z } from '#plugins/contract/index.ts';
import { askToken, callZoom, companyToken, read } from './client.ts';
import { failureOf } from './failures.ts';
import type { ZoomSettings } from './settings.ts';

/** What the company's app must be allowed, each with the older scope that holds it too. */
export const companyScopes = [
  ['meeting:write:meeting:admin', 'meeting:write:admin'],
  ['meeting:update:meeting:admin', 'meeting:write:admin'],
  ['meeting:delete:meeting:admin', 'meeting:write:admin'],
  ['meeting:read:meeting:admin', 'meeting:read:admin'],
  ['meeting:read:list_meetings:admin', 'meeting:read:admin'],
  ['user:read:user:admin', 'user:read:admin'],
] as const;
export const reportScope = ['report:read:list_meeting_participants:admin', 'report:read:admin'] as const;

const userReply = z.object({ id: z.string().min(1), email: z.string().min(1) });

export async function whoAmI(ctx: MeetingContext): Promise<{ ref: string; label: string }> {
  const user = await read(userReply, await callZoom(ctx, '/users/me'));
  return { ref: user.id, label: user.email };
}

/** One harmless look with the company's keys, and one with those for tutors. */
export async function checkSettings(ctx: MeetingContext, settings: ZoomSettings): Promise<CheckResult> {
  const { account, accountId, clientId, clientSecret, tutorClientId, tutorClientSecret } = settings;
  const found: string[] = [];
  try {
    if (account !== 'tutors' && accountId && clientId && clientSecret) {
      const { scopes } = await companyToken(ctx, { id: clientId, secret: clientSecret }, accountId);
      const missing = [...companyScopes, reportScope].filter(
        ([scope, older]) => !scopes.includes(scope) && !scopes.includes(older),
      );
      if (missing.length > 0) {
        const names = missing.map(([scope]) => scope).join(', ');
        return { ok: false, message: `Zoom knows the app. These scopes have to be added to it: ${names}.` };
      }
      found.push(`Zoom knows the company’s app; it acts for ${(await whoAmI(ctx)).label}.`);
    }
    if (account !== 'company' && tutorClientId && tutorClientSecret) {
      await tryTutorKeys(ctx, { id: tutorClientId, secret: tutorClientSecret });
      found.push('Zoom knows the app that tutors connect to.');
    }
    return { ok: true, message: found.join(' ') };
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return { ok: false, message: error.publicMessage };
  }
}

/** A code that can't be good: whoever is known is told so, whoever isn't is told that. */
async function tryTutorKeys(ctx: MeetingContext, keys: { id: string; secret: string }): Promise<void> {
  const response = await askToken(ctx, keys, {
    grant_type: 'authorization_code',
    code: 'check',
    redirect_uri: 'https://localhost/',
  });
  const body = await response.text().catch(() => '');
  if (response.status === 400 || response.status === 401) {
    if (/invalid_client/.test(body) || (response.status === 401 && !/invalid_grant/.test(body))) {
      throw new PluginError('config_invalid', 'Zoom does not know the client ID or the client secret for tutors.');
    }
    return;
  }
  if (!response.ok) throw failureOf(response, body, ctx.now());
}
