import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import {
  type ConnectedAccount,
  type EffectContext,
  type MeetingContext,
  type MeetingPlugin,
  PluginError,
} from '#plugins/contract/index.ts';
import { accountToken } from './account-tokens.server.ts';
import { installToken } from './install-token.server.ts';
import type { Fetch } from './plugin-http.server.ts';
import type { KeyRing } from './sealing.server.ts';
import type { TokenEndpointOptions } from './token-endpoint.server.ts';

export interface MeetingAccessOptions {
  install: { id: string; name: string; settings: unknown };
  plugin: MeetingPlugin;
  /** What the plugin's schema made of the settings. */
  config: unknown;
  keyRing: KeyRing;
  clock: () => Date;
  fetch: Fetch;
  deadlineMs: number;
  /** From now on this is masked wherever a text of the install goes out. */
  remember(token: string): void;
  /** Tokens being asked for in this process: others who want the same one wait for it without a connection to the database each. */
  underWay: Map<string, Promise<string>>;
}

/**
 * Whose account a meeting provider acts for, and its tokens. Reads who has connected one, once; gives what turns a context of a
 * call into one that acts for an account.
 */
export async function meetingAccess(db: Kysely<DB>, options: MeetingAccessOptions) {
  const { install, plugin, keyRing, clock, underWay } = options;
  const accounts = plugin.oauth ? await listAccounts(db, install.id) : new Map<string, ConnectedAccount>();

  async function once(key: string, ask: () => Promise<string>): Promise<string> {
    const asked = underWay.get(key) ?? ask().finally(() => underWay.delete(key));
    underWay.set(key, asked);
    const token = await asked;
    options.remember(token);
    return token;
  }

  return (context: EffectContext, connectionId: string | null): MeetingContext => {
    if (connectionId) {
      const account = accounts.get(connectionId);
      if (!account) throw new PluginError('auth_expired', `The account at ${install.name} is no longer connected.`);
      return {
        ...context,
        account,
        accessToken: (rejected) =>
          once(`${connectionId} ${rejected ?? ''}`, () =>
            accountToken(db, { connectionId, keyRing, clock, rejected, endpoint: () => tokenEndpoint(options) }),
          ),
      };
    }
    const fetchToken = plugin.installToken;
    return {
      ...context,
      account: null,
      accessToken: async (rejected) => {
        if (!fetchToken) throw new PluginError('auth_expired', `There is no account at ${install.name} to act for.`);
        return once(`${install.id} ${rejected ?? ''}`, () =>
          installToken(db, {
            ...{ installId: install.id, settings: install.settings, keyRing, clock, rejected },
            fetchToken: () => fetchToken(context, options.config),
          }),
        );
      },
    };
  };
}

/** How the install's provider is asked for tokens of tutors; undefined while the application's id and secret are missing. */
export function tokenEndpoint(
  options: Pick<MeetingAccessOptions, 'install' | 'plugin' | 'config' | 'fetch' | 'clock' | 'deadlineMs'>,
): TokenEndpointOptions | undefined {
  const { install, plugin, config, fetch, clock, deadlineMs } = options;
  const client = plugin.oauth?.client(config);
  if (!plugin.oauth || !client) return undefined;
  return { definition: plugin.oauth, client, name: install.name, fetch, now: clock(), deadlineMs };
}

async function listAccounts(db: Kysely<DB>, installId: string): Promise<Map<string, ConnectedAccount>> {
  const rows = await db
    .selectFrom('providerConnection')
    .select(['id', 'accountRef', 'accountLabel', 'scopes'])
    .where('installId', '=', installId)
    .where('tokens', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, { ref: row.accountRef, label: row.accountLabel, scopes: row.scopes }]));
}
