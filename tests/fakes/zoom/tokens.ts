import { createHash } from 'node:crypto';

export interface ZoomToken {
  /** null: the company's app; else the user who connected. */
  user: string | null;
  scopes: readonly string[];
}

interface Keys {
  accountId: string;
  clientId: string;
  clientSecret: string;
  tutorClientId: string;
  tutorClientSecret: string;
}

const ADMIN = [
  'meeting:write:meeting:admin',
  'meeting:update:meeting:admin',
  'meeting:delete:meeting:admin',
  'meeting:read:meeting:admin',
  'meeting:read:list_meetings:admin',
  'user:read:user:admin',
  'report:read:list_meeting_participants:admin',
];
const OWN = ADMIN.filter((scope) => !scope.startsWith('report')).map((scope) => scope.replace(/:admin$/, ''));

/** As Zoom's API refuses. */
export const refusal = (status: number, code: number, message: string) => Response.json({ code, message }, { status });
/** As Zoom's token endpoint refuses. */
const denied = (error: string, reason: string, status = 400) => Response.json({ reason, error }, { status });

/** zoom.us/oauth: the company's tokens without a refresh token, users' with one that is good once. */
export function zoomTokens(keys: Keys, users: readonly string[]) {
  const tokens = new Map<string, ZoomToken>();
  const codes = new Map<string, { user: string; redirectUri: string; challenge: string }>();
  const refresh = new Map<string, string>();
  const missing = new Set<string>();
  let number = 0;

  function issue(user: string | null): string {
    number += 1;
    const token = `zm-token-${number}`;
    tokens.set(token, { user, scopes: (user === null ? ADMIN : OWN).filter((scope) => !missing.has(scope)) });
    return token;
  }

  function reply(user: string | null): Response {
    const token = issue(user);
    const body = { access_token: token, token_type: 'bearer', expires_in: 3599, scope: tokens.get(token)?.scopes.join(' ') };
    if (user === null) return Response.json({ ...body, api_url: 'https://api.zoom.us' });
    number += 1;
    refresh.set(`zm-refresh-${number}`, user);
    return Response.json({ ...body, refresh_token: `zm-refresh-${number}` });
  }

  function read(init: RequestInit): { form: URLSearchParams; id: string; secret: string } | undefined {
    const headers = new Headers(init.headers);
    const basic = /^Basic (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':');
    const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
    return isForm ? { form: new URLSearchParams(String(init.body)), id, secret } : undefined;
  }

  return {
    find: (token: string) => tokens.get(token),
    end: (token: string) => tokens.delete(token),
    connect: issue,
    withoutScope: (scope: string) => missing.add(scope),
    authorise(user: string, redirectUri: string, challenge: string): string {
      if (!users.includes(user)) throw new Error(`${user} has no account at Zoom`);
      number += 1;
      codes.set(`zm-code-${number}`, { user, redirectUri, challenge });
      return `zm-code-${number}`;
    },

    ask(init: RequestInit): Response {
      const asked = read(init);
      if (!asked) return denied('invalid_request', 'Bad Request');
      const { form, id, secret } = asked;
      const isCompany = id === keys.clientId && secret === keys.clientSecret;
      const isTutors = id === keys.tutorClientId && secret === keys.tutorClientSecret;
      if (!isCompany && !isTutors) return denied('invalid_client', 'Invalid client_id or client_secret');
      const grant = form.get('grant_type');
      if (grant === 'account_credentials' && isCompany) {
        return form.get('account_id') === keys.accountId ? reply(null) : denied('invalid_request', 'Bad Request');
      }
      if (grant === 'authorization_code' && isTutors) {
        const code = form.get('code') ?? '';
        const known = codes.get(code);
        codes.delete(code);
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const good = known?.redirectUri === form.get('redirect_uri') && known.challenge === challenge;
        return known && good ? reply(known.user) : denied('invalid_grant', 'Invalid authorization code');
      }
      if (grant === 'refresh_token' && isTutors) {
        const given = form.get('refresh_token') ?? '';
        const user = refresh.get(given);
        refresh.delete(given);
        return user ? reply(user) : denied('invalid_grant', 'Invalid Token!', 401);
      }
      return denied('unsupported_grant_type', 'unsupported grant type');
    },

    revoke(init: RequestInit): Response {
      const asked = read(init);
      if (!asked) return denied('invalid_request', 'Bad Request');
      tokens.delete(asked.form.get('token') ?? '');
      return Response.json({ status: 'success' });
    },
  };
}
