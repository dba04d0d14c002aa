import { type EffectContext, PluginError } from '#plugins/contract/index.ts';
import type { Compiled } from './compile.ts';
import type { Values } from './compile-call.ts';
import type { Description } from './shape.ts';

type ClientCredentials = Extract<Description['auth'], { clientCredentials: object }>['clientCredentials'];

/** The company's token by OAuth's client credentials (RFC 6749, 4.4). */
export async function fetchToken(
  ctx: EffectContext,
  name: string,
  { tokenUrl, scope, send }: ClientCredentials,
  { auth }: Compiled,
  settings: Values,
): Promise<{ accessToken: string; expiresInSeconds: number }> {
  const [id, secret] = [auth.id?.({ settings }) ?? '', auth.secret?.({ settings }) ?? ''];
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) });
  if (send === 'post') {
    form.set('client_id', id);
    form.set('client_secret', secret);
  }
  const pair = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const response = await ctx.http(tokenUrl, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(send === 'basic' ? { authorization: `Basic ${pair}` } : {}),
    },
    body: form.toString(),
  });
  if (response.status === 429 || response.status >= 500) {
    throw new PluginError('unavailable', `${name} gives out no token just now.`);
  }
  if (!response.ok) throw new PluginError('auth_expired', `${name} does not accept the credentials of its settings.`);
  const reply = (await response.json().catch(() => null)) as { access_token?: unknown; expires_in?: unknown } | null;
  if (typeof reply?.access_token !== 'string' || reply.access_token === '') {
    throw new PluginError('contract_violation', `${name} sent something that is no token.`);
  }
  const seconds = Number(reply.expires_in);
  return { accessToken: reply.access_token, expiresInSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : 300 };
}
