import { type Kysely, sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { constraintOf } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { BookingProblem, ClashingSession } from './booking-problem.ts';
import { addMinutes } from './wall-time.ts';

export interface Occupation {
  tutorId: string;
  bufferMinutes: number;
  studentIds: readonly string[];
  roomId?: string | null;
  startsAt: Date;
  endsAt: Date;
}

/** How long a resource is taken: the tutor to the end of their buffer, the others to the end of the session. */
export function busyUntil(occupation: Occupation, resourceId: string): Date {
  return resourceId === occupation.tutorId ? addMinutes(occupation.endsAt, occupation.bufferMinutes) : occupation.endsAt;
}

export function resourcesOf(occupation: Occupation): string[] {
  return [occupation.tutorId, ...occupation.studentIds, ...(occupation.roomId ? [occupation.roomId] : [])];
}

/**
 * Taken before anything about them is checked, always in the order of ids: who is booked at the same time by another
 * waits here instead of deadlocking on the exclusion constraint. Holds on them that have run out by `now` are released, so
 * that none of them ever stands in the way.
 */
export async function lockResources(trx: Transaction<DB>, resourceIds: readonly string[], now: Date): Promise<void> {
  await sql`SELECT 1 FROM resource WHERE id = ANY(${[...resourceIds]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  await trx
    .deleteFrom('hold')
    .where('tutorId', '=', sql<string>`ANY(${[...resourceIds]}::uuid[])`)
    .where('expiresAt', '<=', now)
    .execute();
}

interface ClashOf {
  kind: string;
  resourceId: string;
}

interface SessionClash extends ClashingSession, ClashOf {}

/** A guest of the storefront is booking that time just now. */
interface HoldClash extends ClashOf {
  id: null;
}

export type Clash = SessionClash | HoldClash;

export interface ClashOptions {
  /** Holds that have run out by then take nobody's time. */
  now: Date;
  exceptSessionId?: string | null | undefined;
  /** The booker's own. */
  exceptHoldId?: string | null | undefined;
}

/** Everything that takes one of the resources at that time. Under the locks, the answer stays true to the commit. */
export async function findClashes(
  db: Kysely<DB>,
  occupation: Occupation,
  { now, exceptSessionId, exceptHoldId }: ClashOptions,
): Promise<Clash[]> {
  const ids = resourcesOf(occupation);
  const until = ids.map((id) => busyUntil(occupation, id));
  const { rows } = await sql<Clash>`
    SELECT s.id, s.ref, s.starts_at, s.ends_at, r.kind, r.id AS resource_id,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
           ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
                 WHERE a.session_id = s.id ORDER BY 1) AS student_names
    FROM unnest(${ids}::uuid[], ${until}::timestamptz[]) AS wanted(resource_id, until)
    JOIN session_resource sr ON sr.resource_id = wanted.resource_id AND sr.blocking
      AND sr.busy && tstzrange(${occupation.startsAt}, wanted.until)
    JOIN resource r ON r.id = sr.resource_id
    LEFT JOIN session s ON s.id = sr.session_id
    LEFT JOIN tutor t ON t.id = s.tutor_id
    LEFT JOIN hold h ON h.id = sr.hold_id
    WHERE (s.id IS DISTINCT FROM ${exceptSessionId ?? null}::uuid OR s.id IS NULL)
      AND (h.id IS NULL OR (h.expires_at > ${now} AND h.id IS DISTINCT FROM ${exceptHoldId ?? null}::uuid))
    ORDER BY s.starts_at, r.kind
  `.execute(db);
  return rows;
}

const codes = { tutor: 'tutor_conflict', student: 'student_conflict', room: 'room_conflict' } as const;
const fields = { tutor: 'tutorId', student: 'studentIds', room: 'roomId' } as const;
const words = {
  tutor: 'The tutor is already taken then (or within their buffer)',
  student: 'A student already has a session then',
  room: 'The room is already taken then',
} as const;

export const SOMEBODY_IS_BOOKING = 'Somebody is just booking this time. Choose another, or look again in a few minutes.';

/** One problem per kind of resource, each with all the sessions it is about. The office may overrule a student's. */
export function clashProblems(clashes: readonly Clash[], overruleStudents: boolean): BookingProblem[] {
  return (['tutor', 'student', 'room'] as const).flatMap((kind): BookingProblem[] => {
    const own = clashes.filter((clash) => clash.kind === kind);
    if (own.length === 0) return [];
    const taken = own.filter((clash) => clash.id !== null);
    if (taken.length === 0)
      return [{ code: codes[kind], severity: 'blocking', field: fields[kind], message: SOMEBODY_IS_BOOKING, sessions: [] }];
    const sessions = taken.map(({ id, ref, startsAt, endsAt, tutorName, studentNames }) => ({
      id,
      ref,
      startsAt,
      endsAt,
      tutorName,
      studentNames,
    }));
    const severity = kind === 'student' && overruleStudents ? 'warning' : 'blocking';
    return [{ code: codes[kind], severity, field: fields[kind], message: `${words[kind]}.`, sessions }];
  });
}

/** Whose row must not block, because the office overruled the clash. */
export function overruledStudents(clashes: readonly Clash[]): Set<string> {
  return new Set(clashes.filter((clash) => clash.kind === 'student').map((clash) => clash.resourceId));
}

/** What the exclusion constraint refused, if it did: somebody got in without taking the locks. */
export function clashOf(error: unknown): DomainError | undefined {
  if (constraintOf(error) !== 'session_resource_no_double_booking') return undefined;
  const message = 'Somebody else has just taken this time. Look again and choose another.';
  return new DomainError('tutor_conflict', message, {
    field: 'wallStart',
    details: { problems: [], sessions: [] },
    cause: error,
  });
}
