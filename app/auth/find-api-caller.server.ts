import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { type ApiCaller, isApiScope } from './api-scopes.ts';
import { hashToken } from './token.server.ts';

/** Every key begins with it, so that one that got lost in a text or a repository can be found and known for what it is. */
export const API_KEY_MARK = 'lectern_';

/** Who calls with this Authorization header; undefined for no key, an unknown, revoked or expired one. */
export async function findApiCaller(
  db: Kysely<DB>,
  { clock }: Pick<AppContext, 'clock'>,
  authorization: string | null,
): Promise<ApiCaller | undefined> {
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!key?.startsWith(API_KEY_MARK)) return undefined;
  const now = clock();
  const row = await db
    .selectFrom('apiKey')
    .select(['id', 'name', 'scopes', 'lastUsedAt'])
    .where('keyHash', '=', hashToken(key))
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
    .executeTakeFirst();
  if (!row) return undefined;
  // Once a minute is near enough for people to see, and spares a write at every call.
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await sql`UPDATE api_key SET last_used_at = ${now} WHERE id = ${row.id}`.execute(db);
  }
  return { keyId: row.id, name: row.name, scopes: row.scopes.filter(isApiScope) };
}
