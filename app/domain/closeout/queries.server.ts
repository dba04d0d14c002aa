import { type Kysely, sql } from 'kysely';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { listSessions, type SessionRow } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

export interface ToCloseOutRow extends SessionRow {
  /** Sent back by the office: why. */
  sentBackReason: string | null;
  /** Minutes since its end; below zero while a no-show could already be marked. */
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
    .select(['sessionId', 'sentBackReason'])
    .where('status', '=', 'sent_back')
    .where('sessionId', '=', sql<string>`ANY(${sessions.map((session) => session.id)}::uuid[])`)
    .execute();
  const reasonOf = new Map(reasons.map((row) => [row.sessionId, row.sentBackReason]));
  return sessions.map((session) => ({
    ...session,
    sentBackReason: reasonOf.get(session.id) ?? null,
    overdueMinutes: Math.floor((filter.now.getTime() - session.endsAt.getTime()) / 60_000),
  }));
}

export interface CloseOutRow extends SessionRow {
  actualStartsAt: Date;
  actualMinutes: number;
  miles: string | null;
  notes: string;
  privateNote: string;
  submittedAt: Date;
  /** Minutes by which the start was later (or earlier, negative) than planned. */
  startDeviation: number;
  minutesDeviation: number;
  /** Something to look at: other minutes or start than planned, an outcome other than attended, a private note. */
  deviates: boolean;
}

/** Close-outs that wait for approval, where the policy asks for it: those that deviate from the plan first. */
export async function listToApprove(db: Kysely<DB>, filter: { limit?: number } = {}): Promise<CloseOutRow[]> {
  const { rows } = await sql<{
    sessionId: string;
    actualStartsAt: Date;
    actualMinutes: number;
    miles: string | null;
    notes: string;
    privateNote: string;
    submittedAt: Date;
  }>`
    SELECT co.session_id, co.actual_starts_at, co.actual_minutes, co.miles, co.notes, co.private_note, co.submitted_at
    FROM close_out co JOIN session s ON s.id = co.session_id JOIN policy_version pv ON pv.id = s.policy_version_id
    WHERE co.status = 'submitted' AND pv.rules->>'completion' = 'approval' AND s.status NOT IN ('cancelled', 'late_cancelled')
    ORDER BY co.submitted_at LIMIT ${filter.limit ?? 200}
  `.execute(db);
  if (rows.length === 0) return [];
  const sessions = await listSessionsById(
    db,
    rows.map((row) => row.sessionId),
  );
  const list = rows.flatMap(({ sessionId, ...closeOut }): CloseOutRow[] => {
    const session = sessions.get(sessionId);
    if (!session) return [];
    const startDeviation = Math.round((closeOut.actualStartsAt.getTime() - session.startsAt.getTime()) / 60_000);
    const minutesDeviation = closeOut.actualMinutes - session.durationMinutes;
    const unusual = session.places.some((place) => !['attended', 'cancelled', 'late_cancel'].includes(place.outcome));
    const deviates = startDeviation !== 0 || minutesDeviation !== 0 || unusual || closeOut.privateNote !== '';
    return [{ ...session, ...closeOut, startDeviation, minutesDeviation, deviates }];
  });
  return list.sort((a, b) => Number(b.deviates) - Number(a.deviates));
}

async function listSessionsById(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, SessionRow>> {
  const rows = await listSessions(db, { ids, limit: ids.length });
  return new Map(rows.map((row) => [row.id, row]));
}
