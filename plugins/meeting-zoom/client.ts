import { type EffectContext, type MeetingContext, PluginError, readReply, z } from '#plugins/contract/index.ts';
import { failureOf } from './failures.ts';

const API = 'https://api.zoom.us/v2';
const TOKEN = 'https://zoom.us/oauth/token';

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** Calls Zoom for the account of the context; a token that ended early is replaced once. Throws PluginErrors alone. */
export async function callZoom(ctx: MeetingContext, path: string, call?: Call): Promise<Response> {
  const token = await ctx.accessToken();
  const first = await send(ctx, path, call, token);
  if (first.status !== 401) return checked(ctx, first);
  return checked(ctx, await send(ctx, path, call, await ctx.accessToken(token)));
}

function send(ctx: EffectContext, path: string, call: Call = {}, token: string): Promise<Response> {
  const { method = 'GET', query, body } = call;
  const url = new URL(`${API}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return ctx.http(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function checked(ctx: EffectContext, response: Response): Promise<Response> {
  if (response.ok) return response;
  throw failureOf(response, await response.text().catch(() => ''), ctx.now());
}

/** That a change was done is said with 204 and nothing else: a page or half a reply in its place says nothing. */
export function done({ status }: Response): void {
  if (status !== 204)
    throw new PluginError('contract_violation', 'Zoom answered a change with something that it doesn’t promise.');
}

/** The reply as it was promised; anything else fails closed. */
export const read = <Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.output<Schema>> =>
  readReply('Zoom', schema, response);

/** An id or an e-mail address in a path. Meeting ids are digits; a UUID with slashes has to be encoded twice, so none is used. */
export const segment = (text: string) => encodeURIComponent(text);

const tokenReply = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
});

export interface AppKeys {
  id: string;
  secret: string;
}

/** Asks for a token as an app does. `grant` is the form that goes with it. */
export async function askToken(ctx: EffectContext, keys: AppKeys, grant: Record<string, string>): Promise<Response> {
  return ctx.http(TOKEN, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${keys.id}:${keys.secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(grant).toString(),
  });
}

/** The company's token: an hour long, without a refresh token. Throws config_invalid for keys that Zoom doesn't know. */
export async function companyToken(ctx: EffectContext, keys: AppKeys, accountId: string) {
  const response = await askToken(ctx, keys, { grant_type: 'account_credentials', account_id: accountId });
  if (response.status === 400) {
    const text = 'Zoom does not know the account ID, the client ID or the client secret, or the app is not activated there.';
    throw new PluginError('config_invalid', text);
  }
  const reply = await read(tokenReply, await checked(ctx, response));
  return { accessToken: reply.access_token, expiresInSeconds: reply.expires_in, scopes: reply.scope.split(' ').filter(Boolean) };
}
