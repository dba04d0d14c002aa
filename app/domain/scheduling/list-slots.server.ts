import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type BookedBy, freeStarts } from './fit.ts';
import { wallOf } from './local-days.ts';
import type { Range } from './ranges.ts';
import { loadTutorCalendars } from './tutor-calendars.server.ts';
import { addMinutes, startOfDay } from './wall-time.ts';

/** A start that can be booked. `wallStart` is `YYYY-MM-DDTHH:mm` in `zone`, as a booking wants it. */
export interface Slot {
  tutorId: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
  wallStart: string;
  zone: string;
}

export interface SlotSearch {
  /** Default: every active tutor, or every one who teaches the subject. */
  tutorIds?: readonly string[];
  subjectId?: string;
  programId: string;
  durationMinutes: number;
  /** Local days of the organisation, the second not included. */
  fromDate: string;
  toDate: string;
  /** Who is to come: not when they have another session. */
  studentIds?: readonly string[];
  roomId?: string;
  mode: 'online' | 'in_person';
  /** Of a session in person: the ways from and to it are reckoned with. */
  placeId?: string | null;
  by: BookedBy;
  /** The session that is to be moved. */
  exceptSessionId?: string;
}

/**
 * The starts that bookSession would take from this way in without a word against them, by start and tutor. What the office
 * could overrule is not listed for it either. A constant number of statements, however many tutors and days.
 * @throws DomainError unknown_reference at programId or placeId, invalid_value at durationMinutes
 */
export async function listSlots(db: Kysely<DB>, ctx: DomainContext, search: SlotSearch): Promise<Slot[]> {
  const [organisation, program, place, tutorIds] = await Promise.all([
    getOrganisation(db),
    db.selectFrom('program').select(['id', 'durations', 'archivedAt']).where('id', '=', search.programId).executeTakeFirst(),
    findPlace(db, search),
    candidates(db, search),
  ]);
  if (!program || program.archivedAt)
    throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  const durations = program.durations ?? organisation.durations;
  if (!search.exceptSessionId && !durations.includes(search.durationMinutes)) {
    throw new DomainError('invalid_value', `Choose one of ${durations.join(', ')} minutes.`, { field: 'durationMinutes' });
  }
  const zone = organisation.timezone;
  const from = startOfDay(search.fromDate, zone);
  const to = startOfDay(search.toDate, zone);
  const until = addMinutes(to, search.durationMinutes);
  const now = ctx.clock();
  const window = { from, to: until, exceptSessionId: search.exceptSessionId };
  const [calendars, taken] = await Promise.all([
    loadTutorCalendars(db, { ...window, tutorIds, programId: program.id, placeId: place?.id, now }),
    listTaken(db, { ...window, resourceIds: [...(search.studentIds ?? []), ...(search.roomId ? [search.roomId] : [])] }),
  ]);
  const starts = { zone, from, to, gridMinutes: organisation.gridMinutes, durationMinutes: search.durationMinutes };
  return [...calendars.values()]
    .flatMap((calendar) =>
      freeStarts(calendar, { ...starts, programId: program.id, place, by: search.by, now, taken }).map((startsAt) => ({
        tutorId: calendar.tutorId,
        tutorName: calendar.name,
        startsAt,
        endsAt: addMinutes(startsAt, search.durationMinutes),
        wallStart: wallOf(startsAt.getTime(), zone),
        zone,
      })),
    )
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.tutorName.localeCompare(b.tutorName));
}

async function candidates(db: Kysely<DB>, { tutorIds, subjectId }: SlotSearch): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM tutor WHERE archived_at IS NULL
      AND (${tutorIds ? [...tutorIds] : null}::uuid[] IS NULL OR id = ANY(${tutorIds ? [...tutorIds] : null}::uuid[]))
      AND (${subjectId ?? null}::uuid IS NULL
        OR EXISTS (SELECT 1 FROM tutor_subject WHERE tutor_id = tutor.id AND subject_id = ${subjectId ?? null}::uuid))
  `.execute(db);
  return rows.map((row) => row.id);
}

async function findPlace(db: Kysely<DB>, { mode, placeId }: SlotSearch) {
  if (mode !== 'in_person' || !placeId) return null;
  const place = await db
    .selectFrom('place')
    .select(['id', 'name', 'latitude', 'longitude'])
    .where('id', '=', placeId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst();
  if (!place) throw new DomainError('unknown_reference', 'This place does not exist.', { field: 'placeId' });
  return pointOf(place);
}

/** Coordinates come as exact decimals. */
export const pointOf = (place: { id: string; name: string; latitude: string | null; longitude: string | null }) => ({
  id: place.id,
  name: place.name,
  latitude: place.latitude === null ? null : Number(place.latitude),
  longitude: place.longitude === null ? null : Number(place.longitude),
});

interface TakenSearch {
  resourceIds: readonly string[];
  from: Date;
  to: Date;
  exceptSessionId: string | undefined;
}

/** When students and rooms are taken. */
async function listTaken(db: Kysely<DB>, { resourceIds, from, to, exceptSessionId }: TakenSearch): Promise<Range[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{ start: Date; end: Date }>`
    SELECT lower(busy) AS start, upper(busy) AS end FROM session_resource
    WHERE resource_id = ANY(${[...resourceIds]}::uuid[]) AND blocking AND busy && tstzrange(${from}, ${to})
      AND (session_id IS NULL OR session_id IS DISTINCT FROM ${exceptSessionId ?? null}::uuid)
  `.execute(db);
  return rows.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }));
}
