import { type Kysely, sql } from 'kysely';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { listSessions, type SessionRow } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

export interface ToCloseOutRow extends SessionRow {
  /** Sent back by the office: why. */
  sentBackReason: string | null;
  /** Minutes since its end, or since it was sent back; below zero while a no-show could already be marked. */
  overdueMinutes: number;
}

/** Sessions that have begun and wait for a close-out, the longest waiting first. */
export async function listToCloseOut(
  db: Kysely<DB>,
  filter: { tutorId?: string; now: Date; limit?: number },
): Promise<ToCloseOutRow[]> {
  const begun = await listSessions(db, {
    statuses: ['scheduled'],
    to: filter.now,
    ...(filter.tutorId ? { tutorId: filter.tutorId } : {}),
    limit: filter.limit ?? 200,
  });
  // Nobody came to a course's session: there is nothing to say of it.
  const sessions = begun.filter((session) => session.places.some((place) => isLeft(place.outcome)));
  if (sessions.length === 0) return [];
  const reasons = await db
    .selectFrom('closeOut')
    .select(['sessionId', 'sentBackReason', 'sentBackAt'])
    .where('status', '=', 'sent_back')
    .where('sessionId', '=', sql<string>`ANY(${sessions.map((session) => session.id)}::uuid[])`)
    .execute();
  const sentBack = new Map(reasons.map((row) => [row.sessionId, row]));
  return sessions.map((session) => {
    const back = sentBack.get(session.id);
    const since = Math.max(session.endsAt.getTime(), back?.sentBackAt?.getTime() ?? 0);
    return {
      ...session,
      sentBackReason: back?.sentBackReason ?? null,
      overdueMinutes: Math.floor((filter.now.getTime() - since) / 60_000),
    };
  });
}
