import { createHash, randomBytes } from 'node:crypto';

export interface OAuthServerOptions {
  authorizeUrl: string;
  tokenUrl: string;
  revokeUrl?: string;
  client: { id: string; secret: string };
  clientAuth: 'basic' | 'post';
  clock: () => Date;
  /** Whether a refresh token is good for one use (Zoom), or stays and is not sent again (Google). */
  rotates: boolean;
  /** What an access token lives. */
  seconds?: number;
}

interface Access {
  account: string;
  scopes: string[];
  endsAt: Date;
}

/** What a person did at the provider's consent page. */
export interface Consent {
  account: string;
  /** The scopes that they ticked; default: all that were asked for. */
  scopes?: readonly string[];
  deny?: boolean;
}

/**
 * The authorisation server of a provider, with the rules of RFC 6749, 7009 and 7636: client authentication, a code good for one use and
 * its redirect, PKCE with S256, refresh tokens that end.
 */
export function oauthServer(options: OAuthServerOptions) {
  const { client, clock, rotates, seconds = 3_600 } = options;
  const codes = new Map<string, { redirect: string; challenge: string; account: string; scopes: string[] }>();
  const access = new Map<string, Access>();
  const refresh = new Map<string, { account: string; scopes: string[] }>();
  const seen = { refreshes: 0, revoked: [] as string[], down: false, pause: undefined as Promise<void> | undefined };
  const token = (kind: string) => `canary-${kind}-${randomBytes(12).toString('hex')}`;
  const fail = (error: string, status = 400) => Response.json({ error }, { status });

  function hand(account: string, scopes: string[], refreshToken?: string) {
    const accessToken = token('access');
    access.set(accessToken, { account, scopes, endsAt: new Date(clock().getTime() + seconds * 1_000) });
    return Response.json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: seconds,
      scope: scopes.join(' '),
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
    });
  }

  function newRefresh(account: string, scopes: string[]): string {
    const made = token('refresh');
    refresh.set(made, { account, scopes });
    return made;
  }

  function knows(headers: Headers, body: URLSearchParams): boolean {
    if (options.clientAuth === 'post') return body.get('client_id') === client.id && body.get('client_secret') === client.secret;
    return headers.get('authorization') === `Basic ${btoa(`${client.id}:${client.secret}`)}`;
  }

  function answerToken(body: URLSearchParams): Response {
    if (body.get('grant_type') === 'authorization_code') {
      const code = body.get('code') ?? '';
      const known = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url');
      if (!known || known.redirect !== body.get('redirect_uri') || known.challenge !== challenge) return fail('invalid_grant');
      return hand(known.account, known.scopes, newRefresh(known.account, known.scopes));
    }
    if (body.get('grant_type') === 'refresh_token') {
      seen.refreshes += 1;
      const sent = body.get('refresh_token') ?? '';
      const known = refresh.get(sent);
      if (!known) return fail('invalid_grant');
      if (!rotates) return hand(known.account, known.scopes);
      refresh.delete(sent);
      return hand(known.account, known.scopes, newRefresh(known.account, known.scopes));
    }
    return fail('unsupported_grant_type');
  }

  return {
    seen,
    /** Whether the address is one of its own. */
    serves: (url: URL) => [options.tokenUrl, options.revokeUrl].includes(`${url.origin}${url.pathname}`),
    async fetch(url: URL, init: RequestInit): Promise<Response> {
      await seen.pause;
      if (seen.down) return new Response('<html>bad gateway</html>', { status: 502 });
      const body = new URLSearchParams(String(init.body ?? ''));
      if (init.method !== 'POST') return fail('invalid_request', 405);
      if (!knows(new Headers(init.headers), body)) return fail('invalid_client', 401);
      if (`${url.origin}${url.pathname}` === options.tokenUrl) return answerToken(body);
      const revoked = body.get('token') ?? '';
      seen.revoked.push(revoked);
      refresh.delete(revoked);
      access.delete(revoked);
      return new Response(null, { status: 200 });
    },
    /** A person at the consent page: where they are sent back to. */
    consent(address: string, { account, scopes, deny = false }: Consent): URL {
      const url = new URL(address);
      const asked = url.searchParams;
      const redirect = new URL(asked.get('redirect_uri') ?? '');
      if (`${url.origin}${url.pathname}` !== options.authorizeUrl) throw new Error(`no consent page at ${url}`);
      for (const [name, value] of [
        ['response_type', 'code'],
        ['client_id', client.id],
        ['code_challenge_method', 'S256'],
      ] as const) {
        if (asked.get(name) !== value) throw new Error(`${name} is ${asked.get(name)}`);
      }
      const state = asked.get('state');
      if (state) redirect.searchParams.set('state', state);
      if (deny) {
        redirect.searchParams.set('error', 'access_denied');
        return redirect;
      }
      const code = token('code');
      codes.set(code, {
        account,
        redirect: asked.get('redirect_uri') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        scopes: [...(scopes ?? (asked.get('scope') ?? '').split(' '))],
      });
      redirect.searchParams.set('code', code);
      return redirect;
    },
    /** A connection as it stands after consent, without the way there. */
    connect(account: string, scopes: string[]) {
      const refreshToken = newRefresh(account, scopes);
      const accessToken = token('access');
      access.set(accessToken, { account, scopes, endsAt: new Date(clock().getTime() + seconds * 1_000) });
      return { accessToken, refreshToken };
    },
    /** Who a token stands for; undefined once it has ended. */
    holder(headers: Headers): Access | undefined {
      const known = access.get((headers.get('authorization') ?? '').replace(/^Bearer /, ''));
      return known && known.endsAt > clock() ? known : undefined;
    },
    /** All access tokens end now; refresh tokens stay. */
    endAccess: () => access.clear(),
    /** The accounts were taken away at the provider. */
    endAll() {
      access.clear();
      refresh.clear();
    },
  };
}
