import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface DescriptionView {
  id: string;
  source: string;
  version: number;
  updatedAt: Date;
  /** Sessions to come that meet there. */
  sessionsToCome: number;
}

/** Throws DomainError not_found. */
export async function getDescription(db: Kysely<DB>, id: string, now: Date): Promise<DescriptionView> {
  const row = await db
    .selectFrom('declaredProvider')
    .select(['id', 'source', 'version', 'updatedAt'])
    .select((eb) =>
      eb
        .selectFrom('meeting')
        .innerJoin('pluginInstall', 'pluginInstall.id', 'meeting.installId')
        .innerJoin('session', 'session.id', 'meeting.sessionId')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('pluginInstall.pluginId', '=', 'declaredProvider.id')
        .where('session.status', 'in', ['scheduled', 'requested'])
        .where('session.endsAt', '>', now)
        .as('sessionsToCome'),
    )
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'There is no such description.');
  return { ...row, sessionsToCome: row.sessionsToCome ?? 0 };
}

export async function listDescribedIds(db: Kysely<DB>): Promise<string[]> {
  const rows = await db.selectFrom('declaredProvider').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}
