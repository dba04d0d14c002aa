import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

export interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** All keys there ever were: those that hold first, then the newest. */
export async function listApiKeys(db: Kysely<DB>): Promise<ApiKeyRow[]> {
  return db
    .selectFrom('apiKey')
    .leftJoin('users', 'users.id', 'apiKey.createdBy')
    .select([
      'apiKey.id',
      'apiKey.name',
      'apiKey.prefix',
      'apiKey.scopes',
      'apiKey.createdAt',
      'users.name as createdBy',
      'apiKey.expiresAt',
      'apiKey.lastUsedAt',
      'apiKey.revokedAt',
    ])
    .orderBy((eb) => eb('apiKey.revokedAt', 'is not', null))
    .orderBy('apiKey.createdAt', 'desc')
    .limit(200)
    .execute();
}
