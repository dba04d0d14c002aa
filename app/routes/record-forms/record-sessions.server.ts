import { listSessions, type SessionFilter, type SessionRow } from '#app/domain/scheduling/queries.server.ts';
import type { RecordSession } from '#app/ui/record-sessions.tsx';

type Db = Parameters<typeof listSessions>[0];

/** What lies ahead of somebody and what was last, as their page shows it. */
export async function sessionsOf(
  db: Db,
  now: Date,
  filter: SessionFilter,
): Promise<{ upcoming: RecordSession[]; past: RecordSession[]; now: Date }> {
  const [upcoming, past] = await Promise.all([
    listSessions(db, { ...filter, endsAfter: now, statuses: ['requested', 'scheduled'], order: 'asc', limit: 10 }),
    listSessions(db, { ...filter, endsBefore: now, order: 'desc', limit: 10 }),
  ]);
  const own = (row: SessionRow) => shown(row, filter.clientIds);
  return { upcoming: upcoming.map(own), past: past.map(own), now };
}

/** On a client's page a group has their own children alone. */
function shown(row: SessionRow, clientIds: readonly string[] | undefined): RecordSession {
  const { id, status, title, startsAt, endsAt, durationMinutes, tutorName, subjectName, closeOutStatus } = row;
  const places = clientIds ? row.places.filter((place) => clientIds.includes(place.clientId)) : row.places;
  return {
    id,
    status,
    title,
    startsAt,
    endsAt,
    durationMinutes,
    tutorName,
    subjectName,
    closeOutStatus,
    places: places.map(({ studentId, name }) => ({ studentId, name })),
  };
}
