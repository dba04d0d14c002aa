import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findProviderTerms, type ProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { MeetingTutor } from '#plugins/contract/index.ts';
import { type BookedBy, freeStarts } from './fit.ts';
import { wallOf } from './local-days.ts';
import { chooseProvider } from './plan-booking.server.ts';
import type { Range } from './ranges.ts';
import { lengthsText, sessionLengths } from './session-lengths.ts';
import type { PlacePoint } from './travel.ts';
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
  /** The provider of an online session. Default: as a booking chooses it. */
  meetingInstallId?: string;
  /** The session that is to be moved: its length may stay as it is. */
  exceptSessionId?: string | undefined;
  /** The booker's own. */
  exceptHoldId?: string | undefined;
}

/**
 * The starts that bookSession would take from this way in without a word against them, by start and tutor. What the office
 * could overrule is not listed for it either. A constant number of statements, however many tutors and days.
 * @throws DomainError unknown_reference at programId or placeId, invalid_value at durationMinutes or studentIds
 */
export async function listSlots(db: Kysely<DB>, ctx: DomainContext, search: SlotSearch): Promise<Slot[]> {
  const [organisation, { program, place }, tutors] = await Promise.all([
    getOrganisation(db),
    findPlan(db, search),
    listCandidates(db, search),
  ]);
  const zone = organisation.timezone;
  const from = startOfDay(search.fromDate, zone);
  const to = startOfDay(search.toDate, zone);
  const window = { from, to: addMinutes(to, search.durationMinutes), exceptSessionId: search.exceptSessionId };
  const now = ctx.clock();
  const [provider, calendars, taken] = await Promise.all([
    search.mode === 'online' ? findProvider(db, ctx, { organisation, program }, search) : undefined,
    loadTutorCalendars(db, {
      ...window,
      tutorIds: tutors.map(({ id }) => id),
      programId: program.id,
      placeId: place?.id,
      exceptHoldId: search.exceptHoldId,
      now,
    }),
    listTaken(db, { ...window, resourceIds: [...(search.studentIds ?? []), ...(search.roomId ? [search.roomId] : [])] }),
  ]);
  const { durations, gridMinutes } = sessionLengths(organisation, program, provider);
  if (!search.exceptSessionId && !durations.includes(search.durationMinutes))
    throw new DomainError('invalid_value', lengthsText(durations), { field: 'durationMinutes' });
  const { durationMinutes, by } = search;
  const starts = { zone, from, to, gridMinutes, durationMinutes, programId: program.id, place, by, now, taken };
  return tutors
    .filter((tutor) => provider?.problemFor(tutor) === undefined)
    .flatMap(({ id }) => {
      const calendar = calendars.get(id);
      if (!calendar) return [];
      return freeStarts(calendar, starts).map((startsAt) => ({
        tutorId: id,
        tutorName: calendar.name,
        startsAt,
        endsAt: addMinutes(startsAt, durationMinutes),
        wallStart: wallOf(startsAt.getTime(), zone),
        zone,
      }));
    })
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.tutorName.localeCompare(b.tutorName));
}

interface Plan {
  program: {
    id: string;
    capacity: number;
    durations: number[] | null;
    gridMinutes: number | null;
    meetingInstallId: string | null;
  } | null;
  place: PlacePoint | null;
}

/** The program, and the place of a session in person: the one that was named, else the room's. */
async function findPlan(db: Kysely<DB>, search: SlotSearch) {
  const placeId = search.mode === 'in_person' ? (search.placeId ?? null) : null;
  const roomId = search.mode === 'in_person' ? (search.roomId ?? null) : null;
  const { rows } = await sql<Plan>`
    SELECT
      (SELECT json_build_object('id', id, 'capacity', capacity, 'durations', durations, 'gridMinutes', grid_minutes,
          'meetingInstallId', meeting_install_id)
        FROM program WHERE id = ${search.programId} AND archived_at IS NULL) AS program,
      (SELECT json_build_object('id', id, 'name', name, 'latitude', latitude, 'longitude', longitude)
        FROM place WHERE archived_at IS NULL
          AND id = coalesce(${placeId}::uuid, (SELECT place_id FROM room WHERE id = ${roomId}::uuid))) AS place
  `.execute(db);
  const { program, place } = rows[0] as Plan;
  if (!program) throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  if (placeId && !place) throw new DomainError('unknown_reference', 'This place does not exist.', { field: 'placeId' });
  if ((search.studentIds ?? []).length > program.capacity)
    throw new DomainError('invalid_value', 'These are more students than the program takes.', { field: 'studentIds' });
  return { program, place };
}

async function findProvider(
  db: Kysely<DB>,
  ctx: DomainContext,
  facts: { organisation: Organisation; program: NonNullable<Plan['program']> },
  { studentIds, meetingInstallId }: SlotSearch,
): Promise<ProviderTerms | undefined> {
  const chosen = await chooseProvider(db, ctx, facts, studentIds?.length ?? 1, meetingInstallId);
  return chosen ? findProviderTerms(db, ctx, chosen) : undefined;
}

async function listCandidates(db: Kysely<DB>, { tutorIds, subjectId }: SlotSearch): Promise<MeetingTutor[]> {
  const ids = tutorIds ? [...tutorIds] : null;
  const { rows } = await sql<MeetingTutor>`
    SELECT id, concat_ws(' ', first_name, nullif(last_name, '')) AS name, personal_room_url
    FROM tutor WHERE archived_at IS NULL
      AND (status = 'active' AND ${ids}::uuid[] IS NULL OR id = ANY(${ids}::uuid[]))
      AND (${subjectId ?? null}::uuid IS NULL
        OR EXISTS (SELECT 1 FROM tutor_subject WHERE tutor_id = tutor.id AND subject_id = ${subjectId ?? null}::uuid))
  `.execute(db);
  return rows;
}

interface TakenSearch {
  resourceIds: readonly string[];
  from: Date;
  to: Date;
  exceptSessionId?: string | undefined;
}

/** When students and rooms are taken. */
export async function listTaken(db: Kysely<DB>, { resourceIds, from, to, exceptSessionId }: TakenSearch): Promise<Range[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{ start: Date; end: Date }>`
    SELECT lower(busy) AS start, upper(busy) AS end FROM session_resource
    WHERE resource_id = ANY(${[...resourceIds]}::uuid[]) AND blocking AND busy && tstzrange(${from}, ${to})
      AND (session_id IS NULL OR session_id IS DISTINCT FROM ${exceptSessionId ?? null}::uuid)
  `.execute(db);
  return rows.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }));
}
