import * as oauth from 'oauth4webapi';
import { type EffectContext, type MeetingPlugin, PluginError, z } from '#plugins/contract/index.ts';
import { openTokens, sealTokens } from './account-tokens.server.ts';
import { type KeyRing, open, SealingError, seal } from './sealing.server.ts';
import { exchangeCode, revokeToken, type TokenEndpointOptions } from './token-endpoint.server.ts';
import type { InstallView, TutorAccounts } from './types.ts';

const identity = z.object({ ref: z.string().min(1).max(200), label: z.string().min(1).max(200) });

const verifierPlace = (stateHash: string) => ({ table: 'oauth_request', row: stateHash, path: 'verifier' });
const revocationPlace = (installId: string) => ({ table: 'connection.revoke', row: installId, path: 'token' });

interface TutorAccountsOptions {
  install: InstallView;
  plugin: MeetingPlugin;
  config: unknown;
  keyRing: KeyRing;
  /** Made when it is used: its time-out begins then. */
  context: () => EffectContext;
  endpoint: () => TokenEndpointOptions | undefined;
  remember: (token: string) => void;
}

/** How tutors connect accounts at an install; undefined where, by its settings, they don't. */
export function tutorAccounts(options: TutorAccountsOptions): TutorAccounts | undefined {
  const { install, plugin, config, keyRing, remember } = options;
  const definition = plugin.oauth;
  const auth = install.capabilities?.auth;
  // With other settings the same provider may run on the company's account alone.
  if (!definition || (auth !== 'per_tutor' && auth !== 'either')) return undefined;
  const scopes = typeof definition.scopes === 'function' ? definition.scopes(config) : definition.scopes;
  const endpoint = () => {
    const known = options.endpoint();
    if (known) return known;
    const message = `${install.name} has no application’s id and secret in its settings yet: nobody can connect.`;
    throw new PluginError('config_invalid', message);
  };
  return {
    install,
    needed: auth === 'per_tutor',
    open: options.endpoint() !== undefined,
    scopes,

    async begin({ redirectUri, state, stateHash }) {
      const verifier = oauth.generateRandomCodeVerifier();
      const url = new URL(definition.authorizeUrl);
      const parameters = {
        ...definition.authorizeParams,
        response_type: 'code',
        client_id: endpoint().client.id,
        redirect_uri: redirectUri,
        scope: scopes.map(({ scope }) => scope).join(' '),
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { url, verifier: seal(keyRing, verifierPlace(stateHash), verifier) };
    },

    async exchange({ parameters, redirectUri, stateHash, verifier }) {
      const opened = open(keyRing, verifierPlace(stateHash), verifier);
      const grant = await exchangeCode(endpoint(), { parameters, redirectUri, verifier: opened });
      remember(grant.accessToken);
      if (grant.refreshToken) remember(grant.refreshToken);
      return grant;
    },

    async identify({ accessToken, scopes: allowed = [] }) {
      const fresh = async (rejected?: string) => {
        if (rejected === undefined) return accessToken;
        throw new PluginError('auth_expired', `${install.name} does not accept the connection.`);
      };
      const context = { ...options.context(), account: { ref: '', label: '', scopes: allowed }, accessToken: fresh };
      const parsed = identity.safeParse(await definition.identify(context, config));
      if (!parsed.success) throw new PluginError('contract_violation', `${install.name} did not say whose account it is.`);
      return parsed.data;
    },

    sealTokens: (connectionId, { accessToken, refreshToken }) =>
      sealTokens(keyRing, connectionId, { accessToken, ...(refreshToken ? { refreshToken } : {}) }),

    revoke: (sealed) => {
      const token = open(keyRing, revocationPlace(install.id), sealed);
      remember(token);
      return revokeToken(endpoint(), token);
    },
  };
}

/** The tokens of an account that is given up, sealed for the way to the provider. */
export function tokensToRevoke(ring: KeyRing, of: { connectionId: string; installId: string; tokens: string }): string[] {
  try {
    const { accessToken, refreshToken } = openTokens(ring, of.connectionId, of.tokens);
    // The one that lives longer first: with most providers it takes the other along.
    const tokens = refreshToken ? [refreshToken, accessToken] : [accessToken];
    return tokens.map((token) => seal(ring, revocationPlace(of.installId), token));
  } catch (error) {
    // Sealed with a key that is gone: nobody can use it, here or there.
    if (error instanceof SealingError) return [];
    throw error;
  }
}
