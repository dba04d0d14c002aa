import { type Kysely, sql } from 'kysely';
import { familyOfUser, type SignedInUser } from '#app/auth/signed-in-user.ts';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import { type SessionFilter, sessionConditions, sessionTables } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';
import { sessionUid } from '#emails/calendar-file.ts';
import type { FeedScope } from './feed-scope.ts';
import type { FeedEvent } from './write-feed.server.ts';

interface Window {
  from: Date;
  to: Date;
  now: Date;
  company: string;
  origin: string;
}

interface Row {
  id: string;
  version: number;
  updatedAt: Date;
  startsAt: Date;
  endsAt: Date;
  zone: string;
  status: string;
  lesson: string;
  mode: string;
  location: string;
  tutor: string;
  places: { studentId: string; clientId: string; name: string; gone: boolean }[];
}

/** Of a feed: nobody reads more in a calendar, and a calendar would choke on it. */
const MOST = 5000;

/** What was called off stays in the feed as cancelled for so long, for calendars that keep what merely vanishes. */
const CANCELLED_DAYS = 30;

const OVER: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled'];

/** The sessions of a feed as its reader may know them, by their start: one statement. */
export async function listFeedEvents(db: Kysely<DB>, user: SignedInUser, scope: FeedScope, window: Window): Promise<FeedEvent[]> {
  const filter = filterOf(user, scope);
  if (!filter) return [];
  const gone = new Date(window.now.getTime() - CANCELLED_DAYS * 86_400_000);
  const { rows } = await sql<Row>`
    SELECT s.id, s.version, s.updated_at, s.starts_at, s.ends_at, s.zone, s.status, coalesce(nullif(s.title, ''), sub.name) AS lesson,
           s.mode, s.location, concat_ws(' ', t.first_name, t.last_name) AS tutor,
           (SELECT coalesce(json_agg(json_build_object('studentId', a.student_id, 'clientId', a.client_id,
                     'name', concat_ws(' ', st.first_name, st.last_name), 'gone', a.outcome IN ('cancelled', 'late_cancel'))
                     ORDER BY st.first_name, st.id), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS places
    ${sessionTables}
    WHERE ${sessionConditions({ ...filter, from: window.from, to: window.to })}
      AND (s.status <> ALL(${[...OVER]}::text[]) OR s.updated_at > ${gone})
    ORDER BY s.starts_at, s.id LIMIT ${MOST}`.execute(db);
  const shown = scope === 'family' ? await withoutHomes(db, familyOfUser(user), rows) : rows;
  return shown.map((row) => eventOf(row, user, scope, window));
}

function filterOf(user: SignedInUser, scope: FeedScope): SessionFilter | undefined {
  if (scope === 'office') return {};
  if (scope === 'tutor') return user.tutorId === null ? undefined : { tutorId: user.tutorId };
  const { clientIds, studentIds } = familyOfUser(user);
  return { clientIds, studentIds };
}

function eventOf(row: Row, user: SignedInUser, scope: FeedScope, { company, origin }: Window): FeedEvent {
  const { clientIds, studentIds } = familyOfUser(user);
  // A family reads its own children's names and nobody else's.
  const known =
    scope === 'family'
      ? row.places.filter((place) => clientIds.includes(place.clientId) || studentIds.includes(place.studentId))
      : row.places;
  const coming = known.filter((place) => !place.gone);
  const over = OVER.includes(row.status) || (known.length > 0 && coming.length === 0);
  const students = (over ? known : coming).map((place) => place.name).join(', ') || 'Nobody yet';
  const link = `${origin}/${scope}/sessions/${row.id}`;
  const join = row.mode === 'online' && !over ? `${origin}/sessions/${row.id}/join` : undefined;
  return {
    uid: sessionUid(row.id, origin),
    sequence: row.version,
    changedAt: row.updatedAt,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    zone: row.zone,
    state: over ? 'CANCELLED' : row.status === 'requested' ? 'TENTATIVE' : 'CONFIRMED',
    summary: {
      tutor: `${row.lesson} (${students})`,
      family: `${students}: ${row.lesson} (${row.tutor})`,
      office: `${students}: ${row.lesson} (${row.tutor})`,
    }[scope],
    // The way into the room, which asks who comes; a calendar makes it something to press.
    location: join ?? (row.mode === 'online' ? 'Online' : row.location),
    description: [company, join ? `Join: ${join}` : '', link].filter(Boolean).join('\n'),
    url: link,
  };
}
