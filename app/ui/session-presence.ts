import type { PresenceOfSession, StayRow } from '#app/domain/meetings/presence-queries.server.ts';
import { type Reader, timeText } from './session-when.ts';

export interface PresenceLine {
  key: string;
  name: string;
  /** What they are to the session; empty where it isn't known. */
  role: string;
  /** "in the room 15:58 to 16:57; came by our link at 15:57" */
  text: string;
  /** Expected, and nowhere to be seen. */
  missing: boolean;
}

export interface PresenceView {
  lines: PresenceLine[];
  /** Whether a provider told who was in the room, beside our own log of who came by our link. */
  told: boolean;
}

interface Person {
  key: string;
  name: string;
  role: string;
  stays: StayRow[];
  came: Date[];
  expected: boolean;
}

const roles: Record<string, string> = {
  tutor: 'tutor',
  client: 'family',
  office: 'office',
  guest: 'student',
  student: 'student',
};

/** Who was there, in sentences: for whoever closes the session out, who alone decides what it was. */
export function viewPresence(
  presence: PresenceOfSession,
  session: { startsAt: Date; endsAt: Date },
  reader: Reader,
): PresenceView | null {
  const { joins, stays } = presence;
  const over = reader.now >= session.endsAt;
  if (joins.length === 0 && stays.length === 0 && !over) return null;
  const people = new Map<string, Person>();
  const person = (key: string, name: string, role: string, expected = false) => {
    const known = people.get(key);
    if (known) return known;
    const made: Person = { key, name, role, stays: [], came: [], expected };
    people.set(key, made);
    return made;
  };
  person(presence.tutor.userId ?? 'tutor', presence.tutor.name, 'tutor', true);
  for (const place of presence.places) person(place.attendanceId, place.name, 'student', true);
  for (const join of joins) {
    const key = join.attendanceId ?? join.userId ?? join.name;
    person(key, join.name, roles[join.role] ?? '').came.push(join.joinedAt);
  }
  for (const stay of stays) person(stay.attendanceId ?? stay.userId ?? stay.personKey, stay.name, '').stays.push(stay);
  const told = stays.length > 0;
  return {
    told,
    lines: [...people.values()].flatMap(({ key, name, role, stays, came, expected }) => {
      const seen = stays.length > 0 || came.length > 0;
      if (!seen && (!expected || !over)) return [];
      const there = stays.length > 0 ? inTheRoom(stays, presence.endedAt, over, reader) : '';
      const times = [...new Set(came.map((at) => timeText(reader, at)))];
      const by = times.length > 0 ? `came by our link at ${list(times)}` : '';
      const text = seen ? [there, by].filter(Boolean).join('; ') : told ? 'was not seen' : 'did not come by our link';
      return [{ key, name, role, text, missing: !seen }];
    }),
  };
}

function inTheRoom(stays: readonly StayRow[], endedAt: Date | null, over: boolean, reader: Reader): string {
  const time = (at: Date) => timeText(reader, at);
  const parts = stays.map(({ joinedAt, leftAt }) => {
    const to = leftAt ?? endedAt;
    if (to && to.getTime() === joinedAt.getTime()) return `until ${time(to)}`;
    if (to && to > joinedAt) {
      // Less than a minute is one time, not from a time to the same time.
      return time(joinedAt) === time(to) ? `at ${time(to)}` : `${time(joinedAt)} to ${time(to)}`;
    }
    return over ? `from ${time(joinedAt)}` : `since ${time(joinedAt)}`;
  });
  return `in the room ${list(parts)}`;
}

const list = (parts: readonly string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
