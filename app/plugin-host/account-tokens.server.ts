import type { Kysely, Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { isPluginError, PluginError } from '#plugins/contract/index.ts';
import { type KeyRing, open, seal } from './sealing.server.ts';
import { type Grant, refreshGrant, type TokenEndpointOptions } from './token-endpoint.server.ts';

/** What is sealed of a connection. */
export interface AccountTokens {
  accessToken: string;
  /** Not every provider gives one: then the connection ends with the access token. */
  refreshToken?: string;
}

/** A token that ends within this time is not handed out: a call takes a while to arrive. */
const SOON_MS = 60_000;

export const connectionTokensPlace = (row: string) => ({ table: 'provider_connection', row, path: 'tokens' });

export function sealTokens(ring: KeyRing, connectionId: string, tokens: AccountTokens): string {
  return seal(ring, connectionTokensPlace(connectionId), JSON.stringify(tokens));
}

export function openTokens(ring: KeyRing, connectionId: string, sealed: string): AccountTokens {
  return JSON.parse(open(ring, connectionTokensPlace(connectionId), sealed)) as AccountTokens;
}

export interface AccountTokenOptions {
  connectionId: string;
  keyRing: KeyRing;
  /** undefined: the application's id and secret are gone from the settings. */
  endpoint(): TokenEndpointOptions | undefined;
  clock: () => Date;
  /** The one that the provider has just answered 401 to. */
  rejected: string | undefined;
}

type Answer = { token: string } | { failure: PluginError };

/**
 * A token of a tutor's account that is good now. Refreshing happens under the lock of the connection's row, since a refresh
 * token is often good for one use: whoever waited takes what the first one got. A connection that the provider has ended is
 * written down as such, with words for tutor and office.
 *
 * @throws PluginError auth_expired, and what the token endpoint throws while it is in trouble: that ends no connection
 */
export async function accountToken(db: Kysely<DB>, options: AccountTokenOptions): Promise<string> {
  const { connectionId, keyRing, clock, rejected } = options;
  const known = await connectionRow(db, connectionId).executeTakeFirst();
  if (known?.state === 'connected' && known.tokens) {
    const { accessToken } = openTokens(keyRing, connectionId, known.tokens);
    if (good(accessToken, known.expiresAt, clock(), rejected)) return accessToken;
  }
  // Not inTransaction: a serialisation fault after the provider has answered must not use the refresh token twice.
  const answer = await db.transaction().execute((trx) => refreshed(trx, options));
  if ('failure' in answer) throw answer.failure;
  return answer.token;
}

async function refreshed(trx: Transaction<DB>, options: AccountTokenOptions): Promise<Answer> {
  const { connectionId, keyRing, clock, rejected } = options;
  const row = await connectionRow(trx, connectionId).forUpdate('connection').executeTakeFirst();
  if (!row) return { failure: new PluginError('auth_expired', 'This account is no longer connected.') };
  const gone = (problem: string | null) =>
    new PluginError('auth_expired', problem ?? `${row.tutorName} has no account connected at ${row.installName}.`);
  if (row.state !== 'connected' || !row.tokens) return { failure: gone(row.problem) };
  const tokens = openTokens(keyRing, connectionId, row.tokens);
  if (good(tokens.accessToken, row.expiresAt, clock(), rejected)) return { token: tokens.accessToken };

  const ended = async (): Promise<Answer> => {
    const problem = `The connection of ${row.tutorName} to ${row.installName} has ended. It can be connected again at /tutor/settings.`;
    await trx
      .updateTable('providerConnection')
      .set({ state: 'expired', problem, checkedAt: clock(), toldAt: null })
      .where('id', '=', connectionId)
      .execute();
    return { failure: gone(problem) };
  };
  const endpoint = options.endpoint();
  if (!endpoint) {
    const message = `${row.installName} has no application’s id and secret in its settings: nobody’s account can be used.`;
    return { failure: new PluginError('config_invalid', message) };
  }
  if (!tokens.refreshToken) return ended();
  let grant: Grant;
  try {
    grant = await refreshGrant(endpoint, tokens.refreshToken);
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return error.code === 'auth_expired' ? ended() : { failure: error };
  }
  const refreshToken = grant.refreshToken ?? tokens.refreshToken;
  await trx
    .updateTable('providerConnection')
    .set({
      tokens: sealTokens(keyRing, connectionId, { accessToken: grant.accessToken, refreshToken }),
      expiresAt: grant.expiresAt,
      checkedAt: clock(),
      ...(grant.refreshExpiresAt ? { refreshExpiresAt: grant.refreshExpiresAt } : {}),
      ...(grant.scopes ? { scopes: grant.scopes } : {}),
    })
    .where('id', '=', connectionId)
    .execute();
  return { token: grant.accessToken };
}

function connectionRow(db: Kysely<DB>, connectionId: string) {
  return db
    .selectFrom('providerConnection as connection')
    .innerJoin('tutor', 'tutor.id', 'connection.tutorId')
    .innerJoin('pluginInstall', 'pluginInstall.id', 'connection.installId')
    .select((eb) => [
      'connection.state',
      'connection.tokens',
      'connection.expiresAt',
      'connection.problem',
      'pluginInstall.name as installName',
      eb.fn<string>('concat_ws', [eb.val(' '), 'tutor.firstName', 'tutor.lastName']).as('tutorName'),
    ])
    .where('connection.id', '=', connectionId);
}

function good(token: string, expiresAt: Date | null, now: Date, rejected: string | undefined): boolean {
  return token !== rejected && (expiresAt === null || expiresAt.getTime() - now.getTime() > SOON_MS);
}
