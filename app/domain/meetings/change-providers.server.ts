import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { changeMeetingProvider } from './change-provider.server.ts';

export interface ChangedProviders {
  changed: number;
  /** Those that stay where they are, and why. */
  left: { sessionId: string; title: string; reason: string }[];
}

/** Gives several sessions another meeting provider, each by itself: one that it doesn't fit stays, with the reason. */
export async function changeMeetingProviders(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins' | 'enqueue' | 'clock'>,
  actor: Actor,
  { sessionIds, installId }: { sessionIds: readonly string[]; installId: string },
): Promise<ChangedProviders> {
  let changed = 0;
  const reasons = new Map<string, string>();
  for (const sessionId of new Set(sessionIds)) {
    try {
      await changeMeetingProvider(db, ctx, actor, { sessionId, installId });
      changed += 1;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      reasons.set(sessionId, error.message);
    }
  }
  if (reasons.size === 0) return { changed, left: [] };
  const sessions = await db
    .selectFrom('session')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .select(['session.id', 'session.title', 'subject.name', 'tutor.firstName', 'tutor.lastName'])
    .where('session.id', 'in', [...reasons.keys()])
    .orderBy('session.startsAt')
    .execute();
  const left = sessions.map(({ id, title, name, firstName, lastName }) => ({
    sessionId: id,
    title: `${title || name} with ${`${firstName} ${lastName}`.trim()}`,
    reason: reasons.get(id) ?? '',
  }));
  return { changed, left };
}
