import type { RoomRole } from './protocol.ts';

/** Somebody's part in a classroom, settled before they enter it. */
export interface Seat {
  /** The user's id, or the place's of a guest who came by a link. */
  key: string;
  userId: string | null;
  attendanceId: string | null;
  name: string;
  role: RoomRole;
}

/** So long after the end those who were in may stay and finish, and come back when cut off. */
export const OVERRUN_MINUTES = 15;

/** How long somebody's connection counts without a sign of life. */
export const AWAY_AFTER_MS = 45_000;

/** How long whoever is cut off stays in the list of people. */
export const FORGOTTEN_AFTER_MS = 120_000;

/** Somebody who is back so soon was never away: of the two stays one is made. */
export const BACK_AGAIN_MS = 30_000;

export const FULL_MESSAGE = 'The classroom takes one tutor and one student, and both places are taken.';

interface Place {
  attendanceId: string;
  studentId: string;
  clientId: string;
  outcome: string;
}

interface Person {
  tutorId: string | null;
  clientIds: readonly string[];
  studentIds: readonly string[];
  guardedIds: readonly string[];
}

const gone = (place: Place) => place.outcome === 'cancelled' || place.outcome === 'late_cancel';

/**
 * What somebody who may join a session is in its classroom: the tutor is the host, whoever has a place or pays for or cares
 * for one is the guest, and the office, which alone is left, looks on. `cancelled` when all of their places are.
 */
export function roleOf(session: { tutorId: string; places: readonly Place[] }, person: Person): RoomRole | 'cancelled' {
  if (person.tutorId === session.tutorId) return 'host';
  const own = session.places.filter(
    (place) =>
      person.studentIds.includes(place.studentId) ||
      person.clientIds.includes(place.clientId) ||
      person.guardedIds.includes(place.studentId),
  );
  if (own.length === 0) return 'observer';
  return own.every(gone) ? 'cancelled' : 'guest';
}

/** The same for a guest with a link to one place. */
export function guestRoleOf(session: { places: readonly Place[] }, attendanceId: string): 'guest' | 'cancelled' {
  const place = session.places.find((one) => one.attendanceId === attendanceId);
  return !place || gone(place) ? 'cancelled' : 'guest';
}
