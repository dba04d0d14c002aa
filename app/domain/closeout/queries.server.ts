import { type Kysely, sql } from 'kysely';
import { isLeft, noShowFrom } from '#app/domain/billing/outcomes.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
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

/** Of a tutor's sessions under way those of which a no-show may be marked by now. */
export async function listMayBeMissed(db: Kysely<DB>, filter: { tutorId: string; now: Date }): Promise<SessionRow[]> {
  const { tutorId, now } = filter;
  const live = await listSessions(db, { tutorId, statuses: ['scheduled'], to: now, endsAfter: now, limit: 20 });
  const taking = live.filter((session) => session.places.some((place) => isLeft(place.outcome)));
  if (taking.length === 0) return [];
  const rules = await db
    .selectFrom('session')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .select(['session.id', 'policyVersion.rules'])
    .where('session.id', '=', sql<string>`ANY(${taking.map((session) => session.id)}::uuid[])`)
    .execute();
  const waits = new Map(rules.map((row) => [row.id, policyOf(row.rules).noShow.waitPercent]));
  return taking.filter(
    ({ id, startsAt, durationMinutes }) => noShowFrom(startsAt, durationMinutes, waits.get(id) ?? '100') <= now,
  );
}
