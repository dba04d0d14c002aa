import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface ChangedMeanwhile {
  /** The version that is saved now: sent again, it says that the change was seen. */
  version: number;
  by: string;
  at: string | null;
}

/** The `conflict` of two people who edit one record: says who was first. Its details are a ChangedMeanwhile. */
export async function changedMeanwhile(
  db: Kysely<DB>,
  subject: { type: string; id: string | null; word: string; version: number },
): Promise<DomainError> {
  const last = await db
    .selectFrom('auditLog')
    .leftJoin('users', 'users.id', 'auditLog.actorUserId')
    .select(['auditLog.at', 'auditLog.actorKind', 'users.name', 'users.email'])
    .where('subjectType', '=', subject.type)
    .where('subjectId', subject.id === null ? 'is' : '=', subject.id)
    .orderBy('auditLog.id', 'desc')
    .executeTakeFirst();
  const by = last?.name || last?.email || (last?.actorKind === 'import' ? 'An import' : 'Somebody else');
  const details: ChangedMeanwhile = { version: subject.version, by, at: last?.at.toISOString() ?? null };
  return new DomainError(
    'conflict',
    `${by} changed this ${subject.word} while you were editing it. Nothing of yours was saved yet.`,
    { details },
  );
}
