import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type KeyRing, open, SealingError, seal } from './sealing.server.ts';

const SOON_MS = 60_000;

export const credentialPlace = (installId: string) => ({ table: 'install_credential', row: installId, path: 'tokens' });

export interface InstallTokenOptions {
  installId: string;
  /** As they are stored, secrets sealed: other settings need another token. */
  settings: unknown;
  keyRing: KeyRing;
  clock: () => Date;
  /** Asks the provider. */
  fetchToken(): Promise<{ accessToken: string; expiresInSeconds: number }>;
  /** The one that the provider has just answered 401 to. */
  rejected: string | undefined;
}

/**
 * The company's own token at a provider, kept sealed until it ends and shared by all processes: providers count how often they are
 * asked for one, and some end the former with the next. Throws what the plugin throws when it gets none.
 */
export async function installToken(db: Kysely<DB>, options: InstallTokenOptions): Promise<string> {
  const { installId, keyRing, clock, rejected } = options;
  const settingsHash = createHash('sha256').update(JSON.stringify(options.settings)).digest('base64url');
  const known = async (from: Kysely<DB>) => {
    const row = await from
      .selectFrom('installCredential')
      .select(['tokens', 'expiresAt'])
      .where('installId', '=', installId)
      .where('settingsHash', '=', settingsHash)
      .executeTakeFirst();
    if (!row || row.expiresAt.getTime() - clock().getTime() <= SOON_MS) return undefined;
    try {
      const { accessToken } = JSON.parse(open(keyRing, credentialPlace(installId), row.tokens)) as { accessToken: string };
      return accessToken === rejected ? undefined : accessToken;
    } catch (error) {
      // Sealed with a key that is gone: another can be had.
      if (error instanceof SealingError) return undefined;
      throw error;
    }
  };
  const kept = await known(db);
  if (kept) return kept;
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`install_credential:${installId}`}, 0))`.execute(trx);
    const meanwhile = await known(trx);
    if (meanwhile) return meanwhile;
    const { accessToken, expiresInSeconds } = await options.fetchToken();
    const credential = {
      tokens: seal(keyRing, credentialPlace(installId), JSON.stringify({ accessToken })),
      settingsHash,
      // What is said beyond a month is no date any more, and nothing is lost by asking again.
      expiresAt: new Date(clock().getTime() + Math.min(expiresInSeconds, 30 * 86_400) * 1_000),
    };
    await trx
      .insertInto('installCredential')
      .values({ installId, ...credential })
      .onConflict((conflict) => conflict.column('installId').doUpdateSet(credential))
      .execute();
    return accessToken;
  });
}
