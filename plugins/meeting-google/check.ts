import { type CheckResult, isPluginError, type MeetingContext, z } from '#plugins/contract/index.ts';
import { failureOf } from './failures.ts';
import type { GoogleSettings } from './settings.ts';

export const TOKEN = 'https://oauth2.googleapis.com/token';

const refused = z.object({ error: z.string() });

/**
 * Whether Google knows the application: asked for a token with a refresh token that nobody has, it says `invalid_grant` to an
 * application it knows, and `invalid_client` to any other. No account is needed for it.
 */
export async function checkSettings(ctx: MeetingContext, { clientId, clientSecret }: GoogleSettings): Promise<CheckResult> {
  try {
    const body = new URLSearchParams({
      ...{ grant_type: 'refresh_token', refresh_token: 'lectern-check' },
      ...{ client_id: clientId, client_secret: clientSecret },
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await ctx.http(TOKEN, { method: 'POST', headers, body: body.toString() });
    if (response.status === 429 || response.status >= 500) throw failureOf(response, '', ctx.now());
    const parsed = refused.safeParse(await response.json().catch(() => undefined));
    if (parsed.data?.error === 'invalid_grant') {
      const message =
        'Google knows the application. Now tutors connect their accounts under Settings, and their sessions can meet here.';
      return { ok: true, message };
    }
    if (response.status === 401 || parsed.data?.error === 'invalid_client' || parsed.data?.error === 'unauthorized_client') {
      const message =
        'Google does not accept the client ID and secret. Copy both again from the OAuth client in the Google Cloud console.';
      return { ok: false, message };
    }
    return { ok: false, message: 'Google gave an answer that says nothing about the settings. Try again in a while.' };
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return { ok: false, message: error.publicMessage };
  }
}
