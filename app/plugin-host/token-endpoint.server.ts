import * as oauth from 'oauth4webapi';
import { isPluginError, type OAuthDefinition, PluginError } from '#plugins/contract/index.ts';
import { type Fetch, pluginHttp } from './plugin-http.server.ts';

/** What a provider's token endpoint gave. */
export interface Grant {
  accessToken: string;
  /** undefined: the one that is there stays good. */
  refreshToken: string | undefined;
  /** null: not said. */
  expiresAt: Date | null;
  /** When the whole connection ends; undefined: not said. */
  refreshExpiresAt: Date | undefined;
  /** undefined: as asked for, or as before. */
  scopes: string[] | undefined;
}

export interface TokenEndpointOptions {
  // biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
  definition: OAuthDefinition<any>;
  client: { id: string; secret: string };
  /** What the provider is called in messages. */
  name: string;
  fetch: Fetch;
  now: Date;
  deadlineMs: number;
}

/** @throws PluginError auth_expired when the code is not good (any more), config_invalid when the application is not known */
export async function exchangeCode(
  options: TokenEndpointOptions,
  input: { parameters: URLSearchParams; redirectUri: string; verifier: string },
): Promise<Grant> {
  const { server: known, client, auth, request } = partsOf(options);
  // Who answers may say so (RFC 9207; Google does). It is whoever the tutor was sent to, not whoever gives the tokens.
  const answers = input.parameters.get('iss');
  const theirs = answers !== null && URL.parse(answers)?.origin === new URL(options.definition.authorizeUrl).origin;
  const server = theirs ? { ...known, issuer: answers } : known;
  return said(options, async () => {
    const parameters = oauth.validateAuthResponse(server, client, input.parameters, oauth.skipStateCheck);
    const { redirectUri, verifier } = input;
    const response = await oauth.authorizationCodeGrantRequest(server, client, auth, parameters, redirectUri, verifier, request);
    return oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

/** @throws PluginError auth_expired when the connection has ended, config_invalid when the application is not known */
export async function refreshGrant(options: TokenEndpointOptions, refreshToken: string): Promise<Grant> {
  const { server, client, auth, request } = partsOf(options);
  return said(options, async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, request);
    return oauth.processRefreshTokenResponse(server, client, response);
  });
}

/** Gives a token back; one that is not known any more is a success. Does nothing where the provider has no such address. */
export async function revokeToken(options: TokenEndpointOptions, token: string): Promise<void> {
  if (!options.definition.revokeUrl) return;
  const { server, client, auth, request } = partsOf(options);
  try {
    await oauth.revocationRequest(server, client, auth, token, request);
  } catch (error) {
    throw asPluginError(error, options.name);
  }
}

function partsOf(options: TokenEndpointOptions) {
  const { definition, client, fetch, deadlineMs } = options;
  const signal = AbortSignal.timeout(deadlineMs);
  const hosts = [definition.tokenUrl, definition.revokeUrl ?? definition.tokenUrl].map((url) => new URL(url).host);
  const http = pluginHttp({ hosts, signal, fetch });
  const server: oauth.AuthorizationServer = {
    issuer: new URL(definition.tokenUrl).origin,
    token_endpoint: definition.tokenUrl,
    ...(definition.revokeUrl ? { revocation_endpoint: definition.revokeUrl } : {}),
  };
  return {
    server,
    client: { client_id: client.id } satisfies oauth.Client,
    auth: definition.clientAuth === 'basic' ? basic(client.secret) : oauth.ClientSecretPost(client.secret),
    request: {
      signal,
      [oauth.customFetch]: async (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams>) =>
        readable(await http(url, init as RequestInit), options),
    },
  };
}

/** The library's own also encodes what the form encoding leaves alone (`-`, `_`, `.`), which providers are known not to undo. */
function basic(secret: string): oauth.ClientAuth {
  const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return (_server, client, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(`${encoded(client.client_id)}:${encoded(secret)}`)}`);
  };
}

/** Who it is, is asked of the provider's own interface: an ID token that came along is none of our business. */
async function readable(response: Response, { name, now }: TokenEndpointOptions): Promise<Response> {
  if (response.status === 429) {
    const seconds = Math.min(Math.max(Number(response.headers.get('retry-after')) || 60, 1), 86_400);
    const retryAt = new Date(now.getTime() + seconds * 1_000);
    throw new PluginError('rate_limited', `${name} takes no more calls for a moment.`, { retryAt });
  }
  if (response.status >= 500) throw new PluginError('unavailable', `${name} has a fault of its own.`);
  const text = await response.text();
  if (text === '' && response.ok) return new Response(null, { status: response.status });
  try {
    const { id_token: _, ...body } = JSON.parse(text) as Record<string, unknown>;
    return Response.json(body, { status: response.status });
  } catch {
    throw new PluginError('contract_violation', `${name} sent something that is no answer to a request for a token.`);
  }
}

/** Ten years: what a provider says beyond is no date. */
const LONGEST_SECONDS = 10 * 365 * 86_400;

async function said({ name, now }: TokenEndpointOptions, ask: () => Promise<oauth.TokenEndpointResponse>): Promise<Grant> {
  try {
    const reply = await ask();
    const at = (seconds: unknown) =>
      typeof seconds === 'number' && seconds > 0
        ? new Date(now.getTime() + Math.min(seconds, LONGEST_SECONDS) * 1_000)
        : undefined;
    return {
      accessToken: reply.access_token,
      refreshToken: reply.refresh_token,
      expiresAt: at(reply.expires_in) ?? null,
      // Not of the standard: Google and others say so when access was given for a while only.
      refreshExpiresAt: at(reply.refresh_token_expires_in),
      scopes: reply.scope?.split(/\s+/).filter((scope) => scope !== ''),
    };
  } catch (error) {
    throw asPluginError(error, name);
  }
}

/** What the token endpoint said may hold a token: none of it is handed on but its code. */
function asPluginError(error: unknown, name: string): PluginError {
  if (isPluginError(error)) return error;
  if (error instanceof oauth.ResponseBodyError) {
    const options = { providerCode: error.error };
    if (error.error === 'invalid_grant')
      return new PluginError('auth_expired', `${name} no longer accepts the connection.`, options);
    if (error.error === 'invalid_client' || error.error === 'unauthorized_client') {
      const message = `${name} does not accept the application’s id and secret. They are typed in again at the provider’s settings.`;
      return new PluginError('config_invalid', message, options);
    }
    return new PluginError('rejected', `${name} gave no token (${error.error}).`, options);
  }
  return new PluginError('contract_violation', `${name} sent something that is no answer to a request for a token.`);
}
