import { definePlugin, PluginError, secret, z } from '#plugins/contract/index.ts';
import { oauthServer } from './oauth-server.ts';

const HOST = 'https://api.accounts.example';

export const application = { id: 'app-1', secret: 'canary-app-secret-77' };

/** A provider where every tutor connects an account, and the company has a token of its own too: rooms are not what it is about. */
export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-accounts',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Accounts',
  description: 'Rooms on each tutor’s own account.',
  config: z.object({
    clientId: z.string().meta({ title: 'Client ID' }),
    clientSecret: secret('Client secret'),
  }),
  configVersion: 1,
  capabilities: {
    ...{ provisioning: 'ahead', create: 'idempotent', links: 'shared', attendance: 'none' },
    ...{ auth: 'per_tutor', instant: true, recording: false, maxParticipants: null },
  },
  hosts: ['api.accounts.example'],
  oauth: {
    authorizeUrl: `${HOST}/authorize`,
    tokenUrl: `${HOST}/token`,
    revokeUrl: `${HOST}/revoke`,
    scopes: [
      { scope: 'rooms', why: 'Makes the rooms of your sessions.' },
      { scope: 'who', why: 'Shows which account you have connected.' },
    ],
    client: ({ clientId, clientSecret }) => ({ id: clientId, secret: clientSecret }),
    clientAuth: 'basic',
    authorizeParams: { prompt: 'consent' },
    async identify(ctx) {
      const response = await ctx.http(`${HOST}/me`, { headers: { authorization: `Bearer ${await ctx.accessToken()}` } });
      if (!response.ok) throw new PluginError('unavailable', 'Accounts does not say whose account it is.');
      const { id, email } = z.object({ id: z.string(), email: z.string() }).parse(await response.json());
      return { ref: id, label: email };
    },
  },
  async installToken(ctx, config) {
    const response = await ctx.http(`${HOST}/company-token`, { method: 'POST', body: config.clientSecret });
    const { token } = z.object({ token: z.string() }).parse(await response.json());
    return { accessToken: token, expiresInSeconds: 3_600 };
  },
  create: () => ({
    async provision(ctx, want) {
      const room = async (token: string) =>
        ctx.http(`${HOST}/rooms/${want.code}`, { method: 'PUT', headers: { authorization: `Bearer ${token}` } });
      const token = await ctx.accessToken();
      const first = await room(token);
      const response = first.status === 401 ? await room(await ctx.accessToken(token)) : first;
      if (response.status === 401) throw new PluginError('auth_expired', 'Accounts no longer accepts the account.');
      return { state: 'ready', ref: want.code, joinUrl: `https://rooms.accounts.example/${want.code}` };
    },
    release: async () => {},
    joinUrl: async (_ctx, have) => have.joinUrl ?? undefined,
  }),
});

/** The provider behind `meeting-accounts`. */
export function accountsServer(clock: () => Date) {
  const auth = oauthServer({
    ...{ authorizeUrl: `${HOST}/authorize`, tokenUrl: `${HOST}/token`, revokeUrl: `${HOST}/revoke` },
    ...{ client: application, clientAuth: 'basic', clock, rotates: true },
  });
  const rooms: { code: string; account: string }[] = [];
  const company = { asked: 0 };
  return {
    ...auth,
    settings: { clientId: application.id, clientSecret: application.secret },
    rooms,
    company,
    async fetch(url: URL, init: RequestInit): Promise<Response> {
      if (auth.serves(url)) return auth.fetch(url, init);
      if (url.pathname === '/company-token' && init.body === application.secret) {
        company.asked += 1;
        return Response.json({ token: `canary-company-${company.asked}` });
      }
      const holder = auth.holder(new Headers(init.headers));
      if (!holder) return Response.json({}, { status: 401 });
      if (url.pathname === '/me') return Response.json({ id: `id-${holder.account}`, email: holder.account });
      const code = /^\/rooms\/([a-z2-7]+)$/.exec(url.pathname)?.[1];
      if (code && init.method === 'PUT' && holder.scopes.includes('rooms')) {
        rooms.push({ code, account: holder.account });
        return Response.json({}, { status: 201 });
      }
      throw new Error(`unexpected request: ${init.method} ${url}`);
    },
  };
}
